'use client';
import { useMemo } from 'react';
import type { ScheduleSpec } from '../../domain/schedule-spec.ts';
import { compileTimes } from '../../domain/schedule-spec.ts';
import type { StripAction, StripCell } from '../../domain/schedule-strip.ts';
import { stripCells } from '../../domain/schedule-strip.ts';

export interface StripSource {
  readonly spec: ScheduleSpec;
  readonly recent: readonly StripAction[];
  /** Milliseconds since the epoch; before it the spec was another one. */
  readonly since: number;
}

const STEP_MS = 10_000;

/** The last actions and what is missing between them, worked out again every ten seconds. */
export function useStrip({ spec, recent, since }: StripSource, now: number, cellsMax: number): readonly StripCell[] {
  const compiled = useMemo(() => compileTimes(spec), [spec]);
  const step = Math.floor(now / STEP_MS) * STEP_MS;
  return useMemo(
    () =>
      stripCells({
        recent,
        since,
        cellsMax,
        now: step,
        jitterMs: spec.jitterMs,
        // A spec that only its server understands has no gaps that we could name.
        times: compiled.ok ? compiled.between : () => [],
      }),
    [compiled, recent, since, cellsMax, step, spec.jitterMs],
  );
}
