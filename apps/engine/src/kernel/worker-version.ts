/** One build of a worker deployment: the code that a run may be bound to. */
export interface WorkerVersion {
  readonly deploymentName: string;
  readonly buildId: string;
}

/** Two that are both absent are the same: no version at all. */
export const isSameVersion = (one: WorkerVersion | undefined, other: WorkerVersion | undefined): boolean =>
  one?.deploymentName === other?.deploymentName && one?.buildId === other?.buildId;

/** As search attributes name it; deployments' names hold no colon. */
export const nameOfVersion = ({ deploymentName, buildId }: WorkerVersion): string => `${deploymentName}:${buildId}`;

/** In the older way of writing both in one. */
export const legacyName = ({ deploymentName, buildId }: WorkerVersion): string => `${deploymentName}.${buildId}`;
