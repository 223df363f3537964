/** Between the model's values and stored bytes. Messages of the protocol are kept in their own encoding, everything around them in MessagePack. */
import { api } from '@tidemark/protocol/api';
import { Packr } from 'msgpackr';
import type { RunKey } from '../kernel/ids.ts';
import type { StoredRun, TransitionRecord } from '../persistence/ports/run-store.ts';
import { applyEvent } from './model/apply/apply-event.ts';
import type { Derived, PendingChild, PendingExternal, UpdateRecord } from './model/derived.ts';
import type { Draft, EventName, HistoryEvent } from './model/events.ts';
import type { Note, StoredNote } from './model/notes.ts';
import { applyNote, countRetrying, isStored } from './model/notes.ts';
import { OverlayMap } from './model/overlay-map.ts';
import type { RunState } from './model/state.ts';
import { emptyState } from './model/state.ts';
import type { Volatile } from './model/volatile.ts';

const {
  HistoryEvent: EventCodec,
  History: HistoryCodec,
  WorkflowExecutionStartedEventAttributes,
  ActivityTaskScheduledEventAttributes,
  StartChildWorkflowExecutionInitiatedEventAttributes,
  SignalExternalWorkflowExecutionInitiatedEventAttributes,
  RequestCancelExternalWorkflowExecutionInitiatedEventAttributes,
} = api.history.v1;
const { Memo, Priority, SearchAttributes } = api.common.v1;
const { UserMetadata } = api.sdk.v1;

/** Plain maps and no shared structures: bytes written by one process must be read by the next. */
const packr = new Packr({ useRecords: false, moreTypes: false });

/** A run of `History.events` entries: bytes that can be joined and spliced into a response. */
export function encodeEvents(events: readonly HistoryEvent[]): Uint8Array {
  return events.length === 0 ? new Uint8Array() : HistoryCodec.encode({ events: [...events] }).finish();
}

export const decodeEvents = (bytes: Uint8Array): HistoryEvent[] => HistoryCodec.decode(bytes).events;

interface PackedDraft {
  readonly name: EventName;
  readonly event: Uint8Array;
  readonly time: number | undefined;
}

function packDraft(draft: Draft): PackedDraft {
  const event: HistoryEvent = { [`${draft.name}EventAttributes`]: draft.attributes };
  if (draft.userMetadata !== undefined) event.userMetadata = draft.userMetadata;
  if (draft.links !== undefined) event.links = [...draft.links];
  if (draft.workerMayIgnore === true) event.workerMayIgnore = true;
  return { name: draft.name, event: EventCodec.encode(event).finish(), time: draft.time };
}

function unpackDraft({ name, event: bytes, time }: PackedDraft): Draft {
  const event: HistoryEvent = EventCodec.decode(bytes);
  return {
    name,
    attributes: event[`${name}EventAttributes`] ?? {},
    ...(time === undefined ? {} : { time }),
    ...(event.userMetadata ? { userMetadata: event.userMetadata } : {}),
    ...(event.links?.length ? { links: event.links } : {}),
    ...(event.workerMayIgnore ? { workerMayIgnore: true } : {}),
  };
}

type PackedNote =
  | Exclude<StoredNote, { type: 'eventBuffered' | 'bufferSet' }>
  | { readonly type: 'buffered'; readonly draft: PackedDraft }
  | { readonly type: 'buffer'; readonly drafts: readonly PackedDraft[] };

/** Fleeting notes are left out. */
export function encodeNotes(notes: readonly Note[]): Uint8Array {
  const stored = notes.filter(isStored);
  if (stored.length === 0) return new Uint8Array();
  const packed = stored.map((note): PackedNote => {
    if (note.type === 'eventBuffered') return { type: 'buffered', draft: packDraft(note.draft) };
    if (note.type === 'bufferSet') return { type: 'buffer', drafts: note.drafts.map(packDraft) };
    return note;
  });
  return packr.pack(packed);
}

export function decodeNotes(bytes: Uint8Array): Note[] {
  if (bytes.byteLength === 0) return [];
  // These bytes were written by encodeNotes and by nothing else.
  const packed = packr.unpack(bytes) as readonly PackedNote[];
  return packed.map((note): Note => {
    if (note.type === 'buffered') return { type: 'eventBuffered', draft: unpackDraft(note.draft) };
    if (note.type === 'buffer') return { type: 'bufferSet', drafts: note.drafts.map(unpackDraft) };
    return note;
  });
}

/** Events change what is derived and notes what is volatile, so the two need not be interleaved. */
function applyRecord(state: RunState, record: TransitionRecord): void {
  for (const event of decodeEvents(record.events)) applyEvent(state.derived, event);
  for (const note of decodeNotes(record.notes)) applyNote(state, note);
  state.volatile.version = record.version;
  state.volatile.historySizeBytes += record.events.byteLength;
}

/** A run as it was after its last committed transition. */
export function rebuild(run: StoredRun): RunState {
  const state = run.snapshot === undefined ? emptyState(run.key) : decodeSnapshot(run.key, run.snapshot.state);
  for (const record of run.transitions) applyRecord(state, record);
  return state;
}

interface PackedState {
  readonly derived: Omit<
    Derived,
    | 'key'
    | 'start'
    | 'userMetadata'
    | 'activities'
    | 'activityIds'
    | 'timers'
    | 'children'
    | 'externals'
    | 'updates'
    | 'attachedRequestIds'
    | 'priority'
    | 'memo'
    | 'searchAttributes'
  >;
  readonly volatile: Omit<
    Volatile,
    'buffered' | 'progress' | 'requestIds' | 'admitted' | 'refused' | 'retrying' | 'tellsRetrying' | 'heldForTask'
  > &
    Partial<Pick<Volatile, 'retrying' | 'tellsRetrying' | 'heldForTask'>>;
  readonly start: Uint8Array;
  readonly userMetadata: Uint8Array | undefined;
  readonly memo: Uint8Array;
  readonly searchAttributes: Uint8Array;
  readonly activities: readonly (readonly [
    number,
    { readonly attributes: Uint8Array; readonly scheduledAt: number; readonly cancelRequestedEventId: number },
  ])[];
  readonly timers: readonly (readonly [string, ReturnType<Derived['timers']['get']>])[];
  readonly children: readonly (Omit<PendingChild, 'attributes' | 'userMetadata'> & {
    readonly attributes: Uint8Array;
    readonly userMetadata: Uint8Array | undefined;
  })[];
  readonly updates: readonly (readonly [string, UpdateRecord])[];
  readonly attachedRequestIds: readonly (readonly [string, number])[];
  readonly priority: Uint8Array | undefined;
  readonly externals: readonly (Pick<PendingExternal, 'kind' | 'initiatedEventId'> & { readonly attributes: Uint8Array })[];
  readonly buffered: readonly PackedDraft[];
  readonly progress: readonly (readonly [number, ReturnType<Volatile['progress']['get']>])[];
  readonly requestIds: readonly (readonly [string, number])[];
}

export function encodeSnapshot({ derived, volatile }: RunState): Uint8Array {
  const {
    key: _key,
    start,
    userMetadata,
    activities,
    activityIds: _ids,
    timers,
    children,
    externals,
    updates,
    attachedRequestIds,
    priority,
    memo,
    searchAttributes,
    ...plain
  } = derived;
  const { buffered, progress, requestIds, admitted: _admitted, refused: _refused, workflowTask, ...plainVolatile } = volatile;
  const packed: PackedState = {
    derived: plain,
    volatile: { ...plainVolatile, workflowTask: workflowTask?.kind === 'speculative' ? undefined : workflowTask },
    start: WorkflowExecutionStartedEventAttributes.encode(start).finish(),
    userMetadata: userMetadata === undefined ? undefined : UserMetadata.encode(userMetadata).finish(),
    memo: Memo.encode({ fields: memo }).finish(),
    searchAttributes: SearchAttributes.encode({ indexedFields: searchAttributes }).finish(),
    activities: [...activities.entries()].map(([id, activity]) => [
      id,
      {
        attributes: ActivityTaskScheduledEventAttributes.encode(activity.attributes).finish(),
        scheduledAt: activity.scheduledAt,
        cancelRequestedEventId: activity.cancelRequestedEventId,
      },
    ]),
    timers: [...timers.entries()],
    children: [...children.values()].map((child) => ({
      ...child,
      attributes: StartChildWorkflowExecutionInitiatedEventAttributes.encode(child.attributes).finish(),
      userMetadata: child.userMetadata === undefined ? undefined : UserMetadata.encode(child.userMetadata).finish(),
    })),
    updates: [...updates.entries()],
    attachedRequestIds: [...attachedRequestIds.entries()],
    priority: priority && Priority.encode(priority).finish(),
    externals: [...externals.values()].map((external) => ({ ...external, attributes: encodeExternal(external) })),
    buffered: buffered.map(packDraft),
    progress: [...progress.entries()],
    requestIds: [...requestIds.entries()],
  };
  return packr.pack(packed);
}

function encodeExternal(external: PendingExternal): Uint8Array {
  return external.kind === 'signal'
    ? SignalExternalWorkflowExecutionInitiatedEventAttributes.encode(external.attributes).finish()
    : RequestCancelExternalWorkflowExecutionInitiatedEventAttributes.encode(external.attributes).finish();
}

function decodeExternal({ kind, initiatedEventId, attributes }: PackedState['externals'][number]): PendingExternal {
  return kind === 'signal'
    ? { kind, initiatedEventId, attributes: SignalExternalWorkflowExecutionInitiatedEventAttributes.decode(attributes) }
    : { kind, initiatedEventId, attributes: RequestCancelExternalWorkflowExecutionInitiatedEventAttributes.decode(attributes) };
}

function decodeChild(packed: PackedState['children'][number]): PendingChild {
  return {
    ...packed,
    attributes: StartChildWorkflowExecutionInitiatedEventAttributes.decode(packed.attributes),
    userMetadata: packed.userMetadata === undefined ? undefined : UserMetadata.decode(packed.userMetadata),
  };
}

function decodeSnapshot(key: RunKey, bytes: Uint8Array): RunState {
  // These bytes were written by encodeSnapshot and by nothing else.
  const packed = packr.unpack(bytes) as PackedState;
  const activities = packed.activities.map(
    ([id, one]) => [id, { ...one, scheduledEventId: id, attributes: ActivityTaskScheduledEventAttributes.decode(one.attributes) }] as const,
  );
  return {
    derived: {
      ...packed.derived,
      key,
      start: WorkflowExecutionStartedEventAttributes.decode(packed.start),
      userMetadata: packed.userMetadata === undefined ? undefined : UserMetadata.decode(packed.userMetadata),
      memo: Memo.decode(packed.memo).fields,
      searchAttributes: SearchAttributes.decode(packed.searchAttributes).indexedFields,
      activities: OverlayMap.of(activities),
      activityIds: OverlayMap.of(activities.map(([id, one]) => [one.attributes.activityId, id] as const)),
      timers: OverlayMap.of(packed.timers.flatMap(([id, timer]) => (timer === undefined ? [] : [[id, timer] as const]))),
      children: OverlayMap.of(packed.children.map((child) => [child.initiatedEventId, decodeChild(child)] as const)),
      updates: OverlayMap.of(packed.updates),
      attachedRequestIds: OverlayMap.of(packed.attachedRequestIds),
      priority: packed.priority && Priority.decode(packed.priority),
      externals: OverlayMap.of(packed.externals.map((external) => [external.initiatedEventId, decodeExternal(external)] as const)),
    },
    volatile: {
      ...packed.volatile,
      // Snapshots that were written before runs told of them lack these.
      heldForTask: packed.volatile.heldForTask ?? [],
      retrying: countRetrying(packed.progress.flatMap(([, one]) => one ?? [])),
      tellsRetrying: packed.volatile.tellsRetrying ?? false,
      buffered: packed.buffered.map(unpackDraft),
      progress: OverlayMap.of(packed.progress.flatMap(([id, one]) => (one === undefined ? [] : [[id, one] as const]))),
      requestIds: OverlayMap.of(packed.requestIds),
      admitted: OverlayMap.empty(),
      refused: OverlayMap.empty(),
    },
  };
}
