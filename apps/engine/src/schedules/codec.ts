/** Between a schedule's state and stored bytes: messages of the protocol in their own encoding, everything around them in MessagePack. */
import { api } from '@tidemark/protocol/api';
import { Packr } from 'msgpackr';
import type { ScheduleState } from './model/state.ts';
import type { ScheduleRecord } from '../persistence/ports/schedule-store.ts';

const { Memo, Payloads, SearchAttributes } = api.common.v1;
const { Failure } = api.failure.v1;
const { Schedule } = api.schedule.v1;

/** Plain maps and no shared structures: bytes written by one process must be read by the next. */
const packr = new Packr({ useRecords: false, moreTypes: false });

type Encoded = 'schedule' | 'memo' | 'searchAttributes' | 'lastResult' | 'lastFailure';

interface PackedState extends Omit<ScheduleState, Encoded | 'key' | 'version'> {
  readonly schedule: Uint8Array;
  readonly memo: Uint8Array;
  readonly searchAttributes: Uint8Array;
  readonly lastResult: Uint8Array | undefined;
  readonly lastFailure: Uint8Array | undefined;
}

export function encodeSchedule({ key, version, ...state }: ScheduleState): ScheduleRecord {
  const packed: PackedState = {
    ...state,
    schedule: Schedule.encode(state.schedule).finish(),
    memo: Memo.encode({ fields: state.memo }).finish(),
    searchAttributes: SearchAttributes.encode({ indexedFields: state.searchAttributes }).finish(),
    lastResult: state.lastResult && Payloads.encode(state.lastResult).finish(),
    lastFailure: state.lastFailure && Failure.encode(state.lastFailure).finish(),
  };
  return { ...key, version, state: packr.pack(packed) };
}

export function decodeSchedule({ namespaceId, scheduleId, version, state }: ScheduleRecord): ScheduleState {
  // These bytes were written by encodeSchedule and by nothing else.
  const packed = packr.unpack(state) as PackedState;
  return {
    ...packed,
    // Not in states that were stored before requests were remembered.
    requestIds: packed.requestIds ?? [],
    key: { namespaceId, scheduleId },
    version,
    schedule: Schedule.decode(packed.schedule),
    memo: Memo.decode(packed.memo).fields,
    searchAttributes: SearchAttributes.decode(packed.searchAttributes).indexedFields,
    lastResult: packed.lastResult && Payloads.decode(packed.lastResult),
    lastFailure: packed.lastFailure && Failure.decode(packed.lastFailure),
  };
}
