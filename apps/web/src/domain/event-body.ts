/** History events as JSON, in the forms in which people have them: protobuf's own, that of consoles, and the api's. */
import { eventNameOf } from '@tidemark/engine/history-model/events';
import type { Body } from './payload-json.ts';
import { isBody, readable } from './payload-json.ts';

const SCREAMING = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/;
const pascal = (screaming: string): string =>
  screaming.toLowerCase().replaceAll(/(?:^|_)([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase());
const upperFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** `ActivityTaskScheduled`, from that name, from EVENT_TYPE_ACTIVITY_TASK_SCHEDULED or from 10. Empty when none is given. */
export function eventTypeName(type: unknown): string {
  if (typeof type === 'number') return upperFirst(eventNameOf(type) ?? '');
  if (typeof type !== 'string') return '';
  return SCREAMING.test(type) ? pascal(type.replace(/^EVENT_TYPE_/, '')) : type;
}

/** The one member that holds the attributes: consoles write it as `attributes`, the wire under the name of the event. */
export function attributesOf(body: Body): Body {
  const key = Object.keys(body).find((one) => one === 'attributes' || one.endsWith('EventAttributes'));
  const attributes = key === undefined ? undefined : body[key];
  return isBody(attributes) ? attributes : {};
}

const DURATION = /^-?\d+(\.\d+)?s$/;
/** Milliseconds of `1.5s`, or of seconds and nanos; undefined for anything else. */
export const durationOf = (text: unknown): number | undefined =>
  typeof text === 'string' && DURATION.test(text) ? Number(text.slice(0, -1)) * 1000 : secondsOf(text);

/** Programs that write messages field by field have times and durations in two. */
function secondsOf(value: unknown): number | undefined {
  if (!isBody(value) || !(typeof value['seconds'] === 'string' || typeof value['seconds'] === 'number')) return undefined;
  const ms = Number(value['seconds']) * 1000 + Number(value['nanos'] ?? 0) / 1e6;
  return Number.isFinite(ms) ? ms : undefined;
}

/** Milliseconds since the epoch of an ISO time, of any number of decimals, or of seconds and nanos. */
export function timeOf(text: unknown): number | undefined {
  if (typeof text !== 'string') return secondsOf(text);
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) return undefined;
  // The parser drops what is finer than a millisecond.
  const fine = /\.\d{3}(\d{1,6})/.exec(text)?.[1];
  return fine === undefined ? ms : ms + Number(`0.${fine}`);
}

export const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** A 64-bit integer, which JSON carries as text. Zero and what is no number are undefined. */
export function countOf(value: unknown): number | undefined {
  const number = typeof value === 'number' ? value : typeof value === 'string' ? Number(value) : Number.NaN;
  return Number.isFinite(number) && number !== 0 ? number : undefined;
}

/** What the names of these enums begin with, where JSON spells them out. */
const PREFIXES: Readonly<Record<string, RegExp>> = {
  eventType: /^EVENT_TYPE_/,
  kind: /^TASK_QUEUE_KIND_/,
  timeoutType: /^TIMEOUT_TYPE_/,
  retryState: /^RETRY_STATE_/,
  parentClosePolicy: /^PARENT_CLOSE_POLICY_/,
  workflowIdReusePolicy: /^WORKFLOW_ID_REUSE_POLICY_/,
  initiator: /^CONTINUE_AS_NEW_INITIATOR_/,
  versioningBehavior: /^VERSIONING_BEHAVIOR_/,
  cause: /^[A-Z_]+_CAUSE_/,
};

/** `TIMEOUT_TYPE_START_TO_CLOSE` under `timeoutType` is `StartToClose`; other texts stay as they are. */
export function enumText(key: string, value: unknown): unknown {
  const prefix = PREFIXES[key];
  return prefix !== undefined && typeof value === 'string' && prefix.test(value) ? pascal(value.replace(prefix, '')) : value;
}

/** The event as the api would have written it: payloads read, names of enums in short. */
export function readableBody(body: Body): Body {
  const { eventType, ...rest } = body;
  const type = eventTypeName(eventType);
  const attributes = shortenEnums(readable(attributesOf(body)));
  const others = Object.entries(rest).filter(([key]) => key !== 'attributes' && !key.endsWith('EventAttributes'));
  const key = `${type.charAt(0).toLowerCase()}${type.slice(1)}EventAttributes`;
  return { ...Object.fromEntries(others.map(([name, part]) => [name, readable(part)])), eventType: type, [key]: attributes };
}

function shortenEnums(attributes: unknown): unknown {
  if (!isBody(attributes)) return attributes;
  return Object.fromEntries(
    Object.entries(attributes).map(([key, value]) => [
      key,
      key === 'taskQueue' || key === 'stickyAttributes' || key === 'failure' ? shortenEnums(value) : enumText(key, value),
    ]),
  );
}
