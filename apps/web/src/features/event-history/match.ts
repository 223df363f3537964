import type { Group } from '../../domain/event-groups.ts';
import type { RunEvent } from '../../domain/run-event.ts';
import { soughtOf, testOf } from '../../domain/sought.ts';

/** Events that hold it in what their rows say, and those in whose bodies it was found. */
export function matcher(find: string, found: ReadonlySet<number>): (event: RunEvent, group: Group | undefined) => boolean {
  if (find === '') return () => true;
  const test = testOf(soughtOf(find));
  return (event, group) =>
    found.has(event.id) ||
    [
      String(event.id),
      event.type,
      event.name,
      event.key,
      event.label,
      event.text,
      event.worker,
      event.failure?.message,
      event.cause,
      group?.name,
    ].some((text) => text !== undefined && test(text));
}
