/** Where everything is. No page writes a path by hand. */
const e = encodeURIComponent;
const of = (namespace: string): string => `/n/${e(namespace)}`;

interface RunAddress {
  readonly namespace: string;
  readonly workflowId: string;
  readonly runId: string;
}

export type RunTab = 'timeline' | 'history' | 'state' | 'replay' | 'io' | 'interact' | 'pending';

export const paths = {
  workflows: (namespace: string) => `${of(namespace)}/workflows`,
  start: (namespace: string, from?: { workflowId: string; runId: string }) =>
    `${of(namespace)}/workflows/new${from ? `?from=${e(`${from.workflowId}/${from.runId}`)}` : ''}`,
  workflow: (namespace: string, workflowId: string) => `${of(namespace)}/w/${e(workflowId)}`,
  run: ({ namespace, workflowId, runId }: RunAddress, tab: RunTab = 'timeline') =>
    `${of(namespace)}/w/${e(workflowId)}/${e(runId)}${tab === 'timeline' ? '' : `/${tab}`}`,
  event: ({ namespace, workflowId, runId }: RunAddress, eventId: number) =>
    `${of(namespace)}/w/${e(workflowId)}/${e(runId)}/history?e=${eventId}`,
  queues: (namespace: string) => `${of(namespace)}/queues`,
  queue: (namespace: string, queue: string) => `${of(namespace)}/queues/${e(queue)}`,
  workers: (namespace: string) => `${of(namespace)}/workers`,
} as const;
