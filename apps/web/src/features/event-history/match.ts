import type { Group } from '../../domain/event-groups.ts';
import type { RunEvent } from '../../domain/run-event.ts';

/** Text, or `/regex/` between slashes. A regex that is not finished yet matches as text. */
export function matcher(find: string): (event: RunEvent, group: Group | undefined) => boolean {
  if (find === '') return () => true;
  const test = toTest(find);
  return (event, group) =>
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

function toTest(find: string): (text: string) => boolean {
  const source = /^\/(.+)\/$/.exec(find)?.[1];
  if (source !== undefined) {
    try {
      const regex = new RegExp(source, 'i');
      return (text) => regex.test(text);
    } catch {
      // Falls through to plain text.
    }
  }
  const wanted = find.toLowerCase();
  return (text) => text.toLowerCase().includes(wanted);
}
