'use client';
import { parseAsBoolean, parseAsString, useQueryStates } from 'nuqs';

export interface ScheduleFilter {
  readonly id: string;
  readonly type: string;
  readonly isPaused: boolean | null;
}

/** The filters of the list of schedules, kept in its address. */
export function useScheduleFilter() {
  const [state, setState] = useQueryStates(
    { id: parseAsString.withDefault(''), type: parseAsString.withDefault(''), paused: parseAsBoolean },
    { history: 'replace', throttleMs: 150 },
  );
  const filter: ScheduleFilter = { id: state.id, type: state.type, isPaused: state.paused };
  return { filter, setState, isEmpty: !state.id && !state.type && state.paused === null };
}
