import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { bundleWorkflows } from '../src/worker/bundler.ts';

const file = (name: string): string => fileURLToPath(new URL(`./fixtures/${name}.ts`, import.meta.url));

describe('the bundler', () => {
  it('replaces activity modules by stubs', async () => {
    const bundle = await bundleWorkflows([file('greeting-workflows')]);
    expect(bundle.activityFiles).toEqual([file('greeting-activities')]);
    expect(bundle.code).not.toContain('composeGreeting(input)');
  });

  it('refuses a forbidden import with its file, line and importers', async () => {
    await expect(bundleWorkflows([file('forbidden/uses-files')])).rejects.toThrow(
      /test\/fixtures\/forbidden\/reads-files\.ts:1: imports node:fs: .*\n\s+imported by test\/fixtures\/forbidden\/uses-files\.ts/,
    );
  });

  it('refuses a forbidden name, not a parameter of the same name, and lets an unused import be', async () => {
    const message = await bundleWorkflows([file('forbidden/uses-process')]).then(
      () => '',
      (error: Error) => error.message,
    );
    expect(message).toMatch(/uses-process\.ts:13:10: uses process/);
    expect(message).not.toContain('node:fs');
    expect(message.match(/uses process/g)).toHaveLength(1);
  });
});
