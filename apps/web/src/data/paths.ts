/** Where everything is. No page writes a path by hand. */
const e = encodeURIComponent;
const of = (namespace: string): string => `/n/${e(namespace)}`;

/** Runs that were read from a file live in namespaces of their own. No server's namespace begins like this. */
const FILE = ':file/';
export const namespaceOfFile = (id: string): string => `${FILE}${id}`;
export const fileOf = (namespace: string): string | undefined => (namespace.startsWith(FILE) ? namespace.slice(FILE.length) : undefined);

const runOf = ({ namespace, workflowId, runId }: RunAddress): string => {
  const file = fileOf(namespace);
  return file === undefined ? `${of(namespace)}/w/${e(workflowId)}/${e(runId)}` : `${IMPORTS}/${e(file)}`;
};
const IMPORTS = '/import';

interface RunAddress {
  readonly namespace: string;
  readonly workflowId: string;
  readonly runId: string;
}

export type RunTab = 'timeline' | 'history' | 'state' | 'replay' | 'io' | 'interact' | 'pending' | 'workers' | 'family' | 'compare' | 'raw';

export const paths = {
  imports: IMPORTS,
  overview: of,
  errors: (namespace: string) => `${of(namespace)}/errors`,
  error: (namespace: string, id: string) => `${of(namespace)}/errors/${e(id)}`,
  workflows: (namespace: string, search = '') => `${of(namespace)}/workflows${search ? `?${search}` : ''}`,
  start: (namespace: string, from?: { workflowId: string; runId: string }) =>
    `${of(namespace)}/workflows/new${from ? `?from=${e(`${from.workflowId}/${from.runId}`)}` : ''}`,
  workflow: (namespace: string, workflowId: string) => `${of(namespace)}/w/${e(workflowId)}`,
  run: (run: RunAddress, tab: RunTab = 'timeline') => `${runOf(run)}${tab === 'timeline' ? '' : `/${tab}`}`,
  event: (run: RunAddress, eventId: number) => `${runOf(run)}/history?e=${eventId}`,
  /** Beside another run. */
  compare: (run: RunAddress, other: { readonly workflowId: string; readonly runId: string }) =>
    `${runOf(run)}/compare?with=${e(`${other.workflowId}/${other.runId}`)}`,
  /** The dialog of a reset, at a choice of `domain/reset-plan.ts`. */
  reset: (run: RunAddress, choice: string) => `${runOf(run)}?reset=${e(choice)}`,
  stateAt: (run: RunAddress, eventId: number) => `${runOf(run)}/state?at=${eventId}`,
  queues: (namespace: string) => `${of(namespace)}/queues`,
  queue: (namespace: string, queue: string) => `${of(namespace)}/queues/${e(queue)}`,
  deployments: (namespace: string) => `${of(namespace)}/deployments`,
  deployment: (namespace: string, name: string) => `${of(namespace)}/deployments/${e(name)}`,
  /** Open runs that are bound to one build of a deployment. */
  pinnedRuns: (namespace: string, name: string, build: string) => {
    const version = `${name}:${build}`.replaceAll("'", "''");
    const query = `TemporalWorkerDeploymentVersion = '${version}' AND TemporalWorkflowVersioningBehavior = 'Pinned' AND CloseTime IS NULL`;
    return `${of(namespace)}/workflows?q=${e(query)}`;
  },
  schedules: (namespace: string) => `${of(namespace)}/schedules`,
  newSchedule: (namespace: string) => `${of(namespace)}/schedules/new`,
  schedule: (namespace: string, id: string) => `${of(namespace)}/schedules/${e(id)}`,
  editSchedule: (namespace: string, id: string) => `${of(namespace)}/schedules/${e(id)}/edit`,
  batches: (namespace: string) => `${of(namespace)}/batches`,
  newBatch: (namespace: string, search = '') => `${of(namespace)}/batches/new${search ? `?${search}` : ''}`,
  batch: (namespace: string, jobId: string) => `${of(namespace)}/batches/${e(jobId)}`,
  namespaces: '/ns',
  audit: (namespace: string, workflowId = '') => `${of(namespace)}/audit${workflowId ? `?workflow=${e(workflowId)}` : ''}`,
  signIn: (next = '') => `/sign-in${next ? `?next=${e(next)}` : ''}`,
  settings: (namespace: string) => `${of(namespace)}/settings`,
  workers: (namespace: string) => `${of(namespace)}/workers`,
  worker: (namespace: string, key: string) => `${of(namespace)}/workers/${e(key)}`,
} as const;
