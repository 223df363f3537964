/** Which step made one run take longer than the other. */
import type { CompareRow } from './compare-runs.ts';
import type { PathSubject } from './critical-path.ts';
import { criticalPath } from './critical-path.ts';

export interface StepCost {
  readonly row: CompareRow;
  /** Milliseconds that the step added. */
  readonly ms: number;
  /** Milliseconds between the two runs. */
  readonly of: number;
  readonly longer: 'a' | 'b';
}

/** Two runs this close took as long as each other. */
const LEAST_MS = 250;
/** A step with less of the difference than this is not its cause. */
const LEAST_SHARE = 0.3;

/** The step that took most more of the longer run's critical path; a timer that ran beside it all costs nothing. Undefined where no step is to blame. */
export function costliestStep(rows: readonly CompareRow[], a: PathSubject, b: PathSubject): StepCost | undefined {
  const by = lengthOf(b) - lengthOf(a);
  if (Math.abs(by) < LEAST_MS) return undefined;
  const [onA, onB] = [timeOnPath(a), timeOnPath(b)];
  const sign = Math.sign(by);
  let most: StepCost | undefined;
  for (const row of rows) {
    const ms = sign * ((onB.get(row.b?.id ?? 0) ?? 0) - (onA.get(row.a?.id ?? 0) ?? 0));
    if (ms > (most?.ms ?? 0)) most = { row, ms, of: Math.abs(by), longer: by > 0 ? 'b' : 'a' };
  }
  return most !== undefined && most.ms >= most.of * LEAST_SHARE ? most : undefined;
}

const lengthOf = ({ events, end }: PathSubject): number => end - (events[0]?.at ?? end);

/** Milliseconds on the path, by the event that opened the group. */
function timeOnPath(subject: PathSubject): ReadonlyMap<number, number> {
  const { byId } = criticalPath(subject);
  return new Map([...byId].map(([id, steps]) => [id, steps.reduce((sum, { from, to }) => sum + to - from, 0)]));
}
