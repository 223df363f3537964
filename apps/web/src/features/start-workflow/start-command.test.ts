import { describe, expect, it } from 'vitest';
import { EMPTY } from './draft.ts';
import { startCommand } from './start-command.ts';

const server = { namespace: 'default', address: '127.0.0.1:7233' };

describe('startCommand', () => {
  it('can be pasted into a shell', () => {
    const draft = { ...EMPTY, type: 'Order', queue: 'my orders', workflowId: "o'hara-1", input: `{"note":"it's $5"}` };
    expect(startCommand(draft, server)).toEqual([
      'temporal workflow start',
      '--address 127.0.0.1:7233',
      '--namespace default',
      '--type Order',
      "--task-queue 'my orders'",
      String.raw`--workflow-id 'o'\''hara-1'`,
      String.raw`--input '{"note":"it'\''s $5"}'`,
    ]);
  });

  it('leaves gaps for what is not filled in, and no address that is not known', () => {
    expect(startCommand(EMPTY, { namespace: 'n', address: undefined })).toEqual([
      'temporal workflow start',
      '--namespace n',
      '--type …',
      '--task-queue …',
      '--workflow-id …',
    ]);
  });
});
