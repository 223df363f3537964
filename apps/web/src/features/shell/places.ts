import { paths } from '../../data/paths.ts';
import type { IconName } from '../../ui/icon.tsx';

export interface Place {
  readonly label: string;
  readonly icon: IconName;
  readonly href: string;
  /** What leads there from everywhere. */
  readonly keys?: string;
}

/** Where the palette and the keys lead. */
export const placesOf = (namespace: string): readonly Place[] => [
  { label: 'Overview', icon: 'overview', href: paths.overview(namespace), keys: 'g o' },
  { label: 'Workflows', icon: 'workflows', href: paths.workflows(namespace), keys: 'g w' },
  { label: 'Errors', icon: 'errors', href: paths.errors(namespace), keys: 'g e' },
  { label: 'Schedules', icon: 'schedules', href: paths.schedules(namespace), keys: 'g s' },
  { label: 'Queues', icon: 'queues', href: paths.queues(namespace), keys: 'g q' },
  { label: 'Workers', icon: 'workers', href: paths.workers(namespace), keys: 'g k' },
  { label: 'Deployments', icon: 'deployments', href: paths.deployments(namespace), keys: 'g d' },
  { label: 'Batches', icon: 'batches', href: paths.batches(namespace), keys: 'g b' },
  { label: 'Start a workflow', icon: 'plus', href: paths.start(namespace), keys: 'g n' },
  { label: 'New schedule', icon: 'plus', href: paths.newSchedule(namespace) },
  { label: 'New batch', icon: 'plus', href: paths.newBatch(namespace) },
  { label: 'Import a history', icon: 'import', href: paths.imports, keys: 'g i' },
  { label: 'Namespaces', icon: 'rows', href: paths.namespaces },
  { label: 'Audit', icon: 'lock', href: paths.audit(namespace) },
  { label: 'Settings and search attributes', icon: 'settings', href: paths.settings(namespace) },
];
