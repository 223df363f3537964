import { parseArguments } from '../../domain/arguments.ts';
import type { Draft } from './draft.ts';

/** Safe in a shell as it stands; anything else is quoted. */
const PLAIN = /^[\w./:@%+=,-]+$/;
const quote = (value: string): string => (PLAIN.test(value) ? value : `'${value.replaceAll("'", String.raw`'\''`)}'`);
const orGap = (value: string): string => (value === '' ? '…' : quote(value));

/** The same start by the protocol's own command line, which every server understands: the program and its flags, one an entry. */
export function startCommand(draft: Draft, server: { readonly namespace: string; readonly address: string | undefined }): string[] {
  const input = parseArguments(draft.input);
  return [
    'temporal workflow start',
    ...(server.address === undefined ? [] : [`--address ${quote(server.address)}`]),
    `--namespace ${quote(server.namespace)}`,
    `--type ${orGap(draft.type.trim())}`,
    `--task-queue ${orGap(draft.queue.trim())}`,
    `--workflow-id ${orGap(draft.workflowId.trim())}`,
    ...(input.ok ? input.values.map((one) => `--input ${quote(JSON.stringify(one))}`) : []),
  ];
}
