import { expect, it } from 'vitest';
import { runCommands } from './run-commands.ts';

it('writes commands that can be pasted', () => {
  const [describe, show] = runCommands({ namespace: 'default', workflowId: "o'hara 1", runId: 'r' }, '127.0.0.1:7233');
  const where = String.raw`--address 127.0.0.1:7233 --namespace default --workflow-id 'o'\''hara 1' --run-id r`;
  expect(describe?.command).toBe(`temporal workflow describe ${where} --output json`);
  expect(show?.command).toBe(String.raw`temporal workflow show ${where} --output json > 'o'\''hara 1.json'`);
});
