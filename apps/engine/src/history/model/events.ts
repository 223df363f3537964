/** History events under short names: `activityTaskScheduled` for EVENT_TYPE_ACTIVITY_TASK_SCHEDULED and its attributes. */
import { EventType } from '@tidemark/protocol/enums';
import type { temporal } from '@tidemark/protocol/types';

export type HistoryEvent = temporal.api.history.v1.IHistoryEvent;

/** `StartTimer` for START_TIMER. */
export const camelCase = (name: string): string =>
  name.toLowerCase().replace(/(^|_)([a-z])/g, (_match, _bar, letter: string) => letter.toUpperCase());

type AttributeKey = Extract<keyof HistoryEvent, `${string}EventAttributes`>;
export type EventName = AttributeKey extends `${infer Name}EventAttributes` ? Name : never;
export type EventAttributes<Name extends EventName> = NonNullable<HistoryEvent[`${Name}EventAttributes`]>;

const namesByType = new Map<number, EventName>();
for (const [key, number] of Object.entries(EventType)) {
  const words = key
    .replace(/^EVENT_TYPE_/, '')
    .toLowerCase()
    .split('_');
  const name = words.map((word, at) => (at === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join('');
  if (number !== 0) namesByType.set(number, name as EventName);
}
const typesByName = new Map<EventName, number>([...namesByType].map(([type, name]) => [name, type]));

export const eventTypeOf = (name: EventName): number => typesByName.get(name) ?? 0;
/** Undefined for types this engine does not know. */
export const eventNameOf = (type: number): EventName | undefined => namesByType.get(type);

export const attributesOf = <Name extends EventName>(event: HistoryEvent, name: Name): EventAttributes<Name> => {
  // The attributes are a oneof keyed by the event's type; reading another key is a bug of the caller and gives an empty object.
  return event[`${name}EventAttributes`] ?? {};
};

/** What of an event is decided before it gets its id. */
export interface Draft<Name extends EventName = EventName> {
  readonly name: Name;
  readonly attributes: EventAttributes<Name>;
  /** Only ActivityTaskStarted bears another time than that of its transition. */
  readonly time?: number;
  readonly userMetadata?: temporal.api.sdk.v1.IUserMetadata;
  readonly links?: readonly temporal.api.common.v1.ILink[];
  readonly workerMayIgnore?: boolean;
}

/** These never wait: they are written even while a workflow task is started. Everything else goes through the buffer. */
const unbuffered: ReadonlySet<EventName> = new Set<EventName>([
  'workflowExecutionStarted',
  'workflowExecutionCompleted',
  'workflowExecutionFailed',
  'workflowExecutionTimedOut',
  'workflowExecutionCanceled',
  'workflowExecutionTerminated',
  'workflowExecutionContinuedAsNew',
  'workflowTaskScheduled',
  'workflowTaskStarted',
  'workflowTaskCompleted',
  'workflowTaskFailed',
  'workflowTaskTimedOut',
  'workflowExecutionUpdateAccepted',
  'workflowExecutionUpdateCompleted',
  'activityTaskScheduled',
  'activityTaskCancelRequested',
  'timerStarted',
  'timerCanceled',
  'markerRecorded',
  'requestCancelExternalWorkflowExecutionInitiated',
  'signalExternalWorkflowExecutionInitiated',
  'startChildWorkflowExecutionInitiated',
  'upsertWorkflowSearchAttributes',
  'workflowPropertiesModified',
  'nexusOperationScheduled',
  'nexusOperationCancelRequested',
]);
export const isBuffered = (name: EventName): boolean => !unbuffered.has(name);

/** When the buffer is flushed, the ends of activities, children and operations go behind everything else, in their own order. */
const terminal: ReadonlySet<EventName> = new Set<EventName>([
  'activityTaskCompleted',
  'activityTaskFailed',
  'activityTaskTimedOut',
  'activityTaskCanceled',
  'childWorkflowExecutionCompleted',
  'childWorkflowExecutionFailed',
  'childWorkflowExecutionCanceled',
  'childWorkflowExecutionTimedOut',
  'childWorkflowExecutionTerminated',
  'nexusOperationCompleted',
  'nexusOperationFailed',
  'nexusOperationCanceled',
  'nexusOperationTimedOut',
]);
export const isTerminal = (name: EventName): boolean => terminal.has(name);
