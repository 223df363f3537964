import { describe, expect, it } from 'vitest';
import type { TidemarkService, ViewSaving } from '../model/tidemark-service.ts';
import { callerOf, fakeWorkflowService } from '../test/fake-services.ts';

const here = fakeWorkflowService({ describeNamespace: () => Promise.resolve({}) });
const view = { namespace: 'default', scope: 'team', name: ' Stuck ', search: 'status=Running' } as const;

function keeping(outcome: Awaited<ReturnType<TidemarkService['saveView']>>) {
  const saved: ViewSaving[] = [];
  const service: Pick<TidemarkService, 'views' | 'saveView'> = {
    views: () => Promise.resolve([]),
    saveView: (one) => {
      saved.push(one);
      return Promise.resolve(outcome);
    },
  };
  // Nothing else of it is asked for here.
  return { saved, caller: callerOf(here, { tidemark: service as TidemarkService }) };
}

describe('views', () => {
  it('are kept for the team under a trimmed name', async () => {
    const { saved, caller } = keeping('saved');
    await caller.view.save(view);
    expect(saved).toMatchObject([{ owner: '', name: 'Stuck', search: 'status=Running', isDefault: false, was: undefined }]);
    expect(await caller.view.list({ namespace: 'default' })).toEqual({ team: [], personal: null });
  });

  it.each([
    ['exists', 'There is a view of that name already.'],
    ['absent', 'Somebody deleted or renamed this view meanwhile.'],
    ['full', 'There are 100 views already; delete one first.'],
  ] as const)('say why one was not kept: %s', async (outcome, message) => {
    await expect(keeping(outcome).caller.view.save(view)).rejects.toThrow(message);
  });

  it('are nobody’s own where nobody signs in, and need a name', async () => {
    const { saved, caller } = keeping('saved');
    await expect(caller.view.save({ ...view, scope: 'personal' })).rejects.toThrow('Nobody signs in here, so no view is personal.');
    await expect(caller.view.save({ ...view, name: '  ' })).rejects.toThrow('A view needs a name.');
    expect(saved).toEqual([]);
  });

  it('are absent where the server keeps none', async () => {
    const caller = callerOf(here);
    expect(await caller.view.list({ namespace: 'default' })).toBeNull();
    await expect(caller.view.save(view)).rejects.toThrow('This server keeps no views.');
  });
});
