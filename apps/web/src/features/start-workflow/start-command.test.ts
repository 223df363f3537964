import { describe, expect, it } from 'vitest';
import { EMPTY } from './draft.ts';
import { startCommand, unsaid } from './start-command.ts';

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

  it('says every option that it has a flag for, and which it has not', () => {
    const draft = {
      ...EMPTY,
      type: 'Order',
      queue: 'q',
      workflowId: 'w',
      whenOpen: 'use' as const,
      whenClosed: 'failed' as const,
      runTimeout: '1h 30m',
      memo: '{"note": "a b"}',
      attributes: '{"Region": "eu"}',
      priority: '2',
      summary: 'two words',
      first: 'update' as const,
      firstName: 'add',
      firstInput: '{"n":1}',
      waitFor: 'accepted' as const,
      cron: '0 * * * *',
      retryAttempts: '3',
    };
    expect(startCommand(draft, server)).toEqual([
      'temporal workflow start-update-with-start',
      '--address 127.0.0.1:7233',
      '--namespace default',
      '--type Order',
      '--task-queue q',
      '--workflow-id w',
      '--id-conflict-policy UseExisting',
      '--id-reuse-policy AllowDuplicateFailedOnly',
      '--run-timeout 5400s',
      `--memo 'note="a b"'`,
      `--search-attribute 'Region="eu"'`,
      '--priority-key 2',
      "--static-summary 'two words'",
      '--update-name add',
      `--update-input '{"n":1}'`,
      '--update-wait-for-stage accepted',
    ]);
    expect(unsaid(draft)).toEqual(['the retry policy', 'the cron schedule']);
  });
});
