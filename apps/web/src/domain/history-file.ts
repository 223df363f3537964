/** A history as people keep it in a file: what is wrong with it in one sentence, or its events. */
import { eventTypeName, textOf, timeOf } from './event-body.ts';
import { fileRow } from './file-row.ts';
import type { Body } from './payload-json.ts';
import { isBody } from './payload-json.ts';
import type { RunEvent } from './run-event.ts';

export const FILE_BYTES_MAX = 100_000_000;

export interface HistoryFile {
  /** The events as they are in the file. */
  readonly bodies: readonly Body[];
  readonly rows: readonly RunEvent[];
  /** Where the file names its run beside the events. */
  readonly names: { readonly workflowId: string | undefined; readonly runId: string | undefined };
}

export type FileAnswer = { readonly ok: true; readonly file: HistoryFile } | { readonly ok: false; readonly fault: string };

const fault = (text: string): FileAnswer => ({ ok: false, fault: text });
const SHAPES = '{"events": […]}, {"history": {"events": […]}} or a list of events';

export function readHistoryFile(text: string): FileAnswer {
  if (text.trim() === '') return fault('The file is empty.');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return fault(`The file is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const events = eventsOf(json);
  if (events === undefined) return fault(`The file is JSON, but it has no events. It must be ${SHAPES}.`);
  if (events.length === 0) return fault('The file has a list of events, and the list is empty.');
  const bodies: Body[] = [];
  for (const [index, event] of events.entries()) {
    const wrong = faultOf(event, index + 1);
    if (wrong !== undefined) return fault(wrong);
    // The check above proves it.
    bodies.push(event as Body);
  }
  const beside = isBody(json) ? json : {};
  const names = { workflowId: textOf(beside['workflowId']), runId: textOf(beside['runId']) };
  return { ok: true, file: { bodies, rows: bodies.map(fileRow), names } };
}

function eventsOf(json: unknown): readonly unknown[] | undefined {
  if (Array.isArray(json)) return json;
  if (!isBody(json)) return undefined;
  const list = json['events'] ?? (isBody(json['history']) ? json['history']['events'] : undefined);
  return Array.isArray(list) ? list : undefined;
}

function faultOf(event: unknown, place: number): string | undefined {
  if (!isBody(event)) return `Event ${place} of the file is no object.`;
  const { eventId } = event;
  if (eventId === undefined || eventId === null) return `Event ${place} of the file has no eventId.`;
  if (Number(eventId) !== place) {
    return place === 1
      ? `The file begins with event ${shown(eventId)}. A history is read from event 1 on.`
      : `Event ${place} of the file has the eventId ${shown(eventId)}. Ids must follow one another.`;
  }
  if (eventTypeName(event['eventType']) === '') return `Event ${place} of the file has no eventType that is known.`;
  if (timeOf(event['eventTime']) === undefined)
    return `Event ${place} of the file has no eventTime that can be read, as in "2026-01-31T08:00:00Z".`;
  if (place === 1 && eventTypeName(event['eventType']) !== 'WorkflowExecutionStarted')
    return `Event 1 of the file is a ${eventTypeName(event['eventType'])}. A history begins with WorkflowExecutionStarted.`;
  return undefined;
}

const shown = (value: unknown): string => (JSON.stringify(value) ?? 'nothing').slice(0, 40);
