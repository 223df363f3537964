import { describe, expect, it } from 'vitest';
import { DefinitionError } from '../common/errors.ts';
import { workflowDefinition } from '../common/metadata.ts';
import { defn, query, run, signal, update, validator } from './decorators.ts';
import { define } from './definition.ts';

describe('a decorated class', () => {
  class Base {
    @signal stop(): void {}
    @query({ name: 'how_far', description: 'progress' }) progress(): number {
      return 1;
    }
  }

  @defn({ name: 'Order' })
  class Order extends Base {
    @run async run(_id: string): Promise<void> {}
    @update async rename(_name: string): Promise<void> {}
    @validator('rename') checkRename(_name: string): void {}
    override stop(): void {}
    @signal({ name: 'go' }) start(): void {}
  }

  it('gathers its own handlers and those of its bases', () => {
    const definition = workflowDefinition(Order);
    expect(definition).toMatchObject({ name: 'Order', runMethod: 'run' });
    expect([...(definition?.signals.keys() ?? [])]).toEqual(['stop', 'go']);
    expect(definition?.queries.get('how_far')).toEqual({ name: 'how_far', method: 'progress', description: 'progress' });
    expect(definition?.updates.get('rename')).toEqual({ name: 'rename', method: 'rename', validator: 'checkRename' });
    expect(definition?.definedAt).toContain('decorators.test.ts');
  });

  it('is not inherited: a subclass is a workflow only if it says so', () => {
    class Special extends Order {}
    expect(workflowDefinition(Special)).toBeUndefined();
  });
});

describe('a class that cannot be a workflow is refused', () => {
  it('without a run method', () => {
    class Aimless {
      stop(): void {}
    }
    expect(() => define(Aimless, { signals: ['stop'] })).toThrow('Aimless has no method run');
  });

  it('with two handlers of one name', () => {
    expect(() => {
      @defn
      class Twice {
        @run async run(): Promise<void> {}
        @signal({ name: 'go' }) one(): void {}
        @signal({ name: 'go' }) two(): void {}
      }
      return Twice;
    }).toThrow(DefinitionError);
  });

  it('with a name that is reserved', () => {
    expect(() => {
      @defn({ name: '__temporal_x' })
      class Reserved {
        @run async run(): Promise<void> {}
      }
      return Reserved;
    }).toThrow('may not begin with __temporal_');
  });
});

it('the plain form defines the same', () => {
  class Plain {
    async run(): Promise<void> {}
    go(): void {}
    state(): string {
      return '';
    }
  }
  define(Plain, { signals: ['go'], queries: ['state'] });
  expect(workflowDefinition(Plain)).toMatchObject({ name: 'Plain', runMethod: 'run' });
  expect([...(workflowDefinition(Plain)?.signals.keys() ?? [])]).toEqual(['go']);
});
