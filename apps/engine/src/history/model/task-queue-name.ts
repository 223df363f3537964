/** Names of task queues that belong to servers of this protocol: nobody may put work there. */
const RESERVED_PREFIX = '/_sys/';
const RESERVED_NAME = 'temporal-sys-per-ns-tq';

const encoder = new TextEncoder();
const bytesOf = (name: string): number => encoder.encode(name).byteLength;

/** Says what is wrong with a name, or nothing. */
export function faultOfTaskQueueName(name: string | null | undefined, idBytesMax: number): string | undefined {
  if (!name) return undefined;
  if (bytesOf(name) > idBytesMax) return 'taskQueue length exceeds limit';
  if (name.startsWith(RESERVED_PREFIX)) return `task queue name cannot start with reserved prefix ${RESERVED_PREFIX}`;
  return name === RESERVED_NAME ? `task queue name ${RESERVED_NAME} is reserved` : undefined;
}
