import { shellQuote } from '../lib/shell.ts';

export interface RunCommand {
  readonly what: string;
  readonly command: string;
}

/** What the pages of a run do, by the protocol's own command line. */
export function runCommands(
  run: { readonly namespace: string; readonly workflowId: string; readonly runId: string },
  address: string | undefined,
): readonly RunCommand[] {
  const where = [
    ...(address === undefined ? [] : [`--address ${shellQuote(address)}`]),
    `--namespace ${shellQuote(run.namespace)}`,
    `--workflow-id ${shellQuote(run.workflowId)}`,
    `--run-id ${shellQuote(run.runId)}`,
  ].join(' ');
  const file = shellQuote(`${run.workflowId}.json`);
  return [
    { what: 'Describe', command: `temporal workflow describe ${where} --output json` },
    { what: 'History, for replay', command: `temporal workflow show ${where} --output json > ${file}` },
    { what: 'Follow', command: `temporal workflow show ${where} --follow` },
    { what: 'Stack trace', command: `temporal workflow stack ${where}` },
    { what: 'Handlers', command: `temporal workflow metadata ${where}` },
  ];
}
