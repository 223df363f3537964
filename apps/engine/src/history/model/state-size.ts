/** How much a run makes the engine remember beside its history. */
import { api } from '@tidemark/protocol/api';
import type { temporal } from '@tidemark/protocol/types';
import type { Draft } from './events.ts';
import type { RunState } from './state.ts';

const { HistoryEvent } = api.history.v1;
const { Memo } = api.common.v1;
type Fields = Readonly<Record<string, temporal.api.common.v1.IPayload>>;

// Neither changes once it is there, and both are asked for with every step that follows: each is measured once.
const draftSizes = new WeakMap<Draft, number>();
const fieldSizes = new WeakMap<Fields, number>();

function once<Value extends object>(known: WeakMap<Value, number>, value: Value, measure: (value: Value) => number): number {
  const found = known.get(value);
  if (found !== undefined) return found;
  const size = measure(value);
  known.set(value, size);
  return size;
}

const ofDraft = ({ name, attributes }: Draft): number => HistoryEvent.encode({ [`${name}EventAttributes`]: attributes }).len;
const ofFields = (fields: Fields): number => Memo.encode({ fields }).len;

/** Bytes of events that wait. */
export const bytesOfDrafts = (drafts: readonly Draft[]): number =>
  drafts.reduce((total, draft) => total + once(draftSizes, draft, ofDraft), 0);

/** Bytes of everything people and workers put into the state, but for the events that wait. */
export function bytesOfState({ derived, volatile }: RunState): number {
  return once(fieldSizes, derived.memo, ofFields) + once(fieldSizes, derived.searchAttributes, ofFields) + volatile.progressBytes;
}
