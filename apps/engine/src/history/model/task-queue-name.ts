/** Names of task queues that belong to servers of this protocol: nobody may put work there. */
const RESERVED_PREFIX = '/_sys/';
const RESERVED_NAME = 'temporal-sys-per-ns-tq';

/** Says what is wrong with a name, or nothing. */
export function faultOfTaskQueueName(name: string | null | undefined): string | undefined {
  if (name?.startsWith(RESERVED_PREFIX) === true) return `task queue name cannot start with reserved prefix ${RESERVED_PREFIX}`;
  return name === RESERVED_NAME ? `task queue name ${RESERVED_NAME} is reserved` : undefined;
}
