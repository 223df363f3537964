/** Addresses of the field's usual console, as the nearest page here. */
import { paths } from './paths.ts';

/** Of what stands behind `/namespaces`; nothing where no page is near. */
export function pathOfOld([namespace, area, ...rest]: readonly string[]): string | undefined {
  if (namespace === undefined) return paths.namespaces;
  if (area === undefined) return paths.workflows(namespace);
  return AREAS[area]?.(namespace, rest);
}

type Area = (namespace: string, rest: readonly string[]) => string;

function workflow(namespace: string, [workflowId, runId, tab, eventId]: readonly string[]): string {
  if (workflowId === undefined) return paths.workflows(namespace);
  if (runId === undefined) return paths.workflow(namespace, workflowId);
  if (eventId !== undefined && /^\d+$/.test(eventId)) return paths.event({ namespace, workflowId, runId }, Number(eventId));
  return paths.run({ namespace, workflowId, runId }, tab === 'history' ? 'history' : 'timeline');
}

function schedule(namespace: string, [id, act]: readonly string[]): string {
  if (id === undefined) return paths.schedules(namespace);
  if (id === 'create') return paths.newSchedule(namespace);
  return act === 'edit' ? paths.editSchedule(namespace, id) : paths.schedule(namespace, id);
}

const deployment: Area = (namespace, [name]) => (name === undefined ? paths.deployments(namespace) : paths.deployment(namespace, name));

const AREAS: Readonly<Record<string, Area | undefined>> = {
  workflows: workflow,
  schedules: schedule,
  'batch-operations': (namespace, [job]) => (job === undefined ? paths.batches(namespace) : paths.batch(namespace, job)),
  'task-queues': (namespace, [queue]) => (queue === undefined ? paths.queues(namespace) : paths.queue(namespace, queue)),
  workers: paths.workers,
  'worker-deployments': deployment,
  deployments: deployment,
  // Its endpoints lead to task queues, which is what there is to see of them here.
  nexus: paths.queues,
  'search-attributes': paths.settings,
  settings: paths.settings,
  import: () => paths.imports,
  archival: (namespace) => paths.workflows(namespace),
};
