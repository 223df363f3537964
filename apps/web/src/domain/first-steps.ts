/** How the first run comes to be, for a server at this address. */
export interface FirstStep {
  readonly title: string;
  readonly command?: string;
  readonly note?: string;
}

export const firstSteps = (address: string | undefined): readonly FirstStep[] => [
  { title: 'Add the SDK', command: 'npm install @tidemark/sdk' },
  {
    title: 'Run a worker',
    command: 'node --import @tidemark/sdk/register worker.ts',
    note: `Or any worker that speaks this protocol: point it at ${address ?? 'this server’s address'}.`,
  },
  { title: 'Start a workflow' },
];
