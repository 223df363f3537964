/** A run beside many of its kind: step by step, what is usual, and which steps were not. Milliseconds throughout. */
import { align, withTurns } from './align.ts';
import { durationOf, hasLength, isCompared, LEAST_MS, waitOf } from './compare-runs.ts';
import type { Group } from './event-groups.ts';
import type { SampledSteps } from './sampled-steps.ts';
import type { Spread } from './spread.ts';
import { spreadOf } from './spread.ts';

export interface StepBaseline {
  /** In so many runs there is this step. */
  readonly runs: number;
  readonly duration: Spread | undefined;
  readonly wait: Spread | undefined;
  readonly attempts: Spread | undefined;
}

export type Outside = 'new' | 'absent' | 'status' | 'duration' | 'wait' | 'attempts';

export interface BaselineRow {
  readonly key: string;
  readonly name: string;
  readonly kind: Group['kind'];
  /** From 1, among the steps of this name. */
  readonly turn: number;
  /** Undefined where this run has no such step. */
  readonly group: Group | undefined;
  readonly duration: number | undefined;
  readonly wait: number | undefined;
  /** Undefined where no other run has such a step. */
  readonly baseline: StepBaseline | undefined;
  /** In what this run is not as usual, the weightiest first; empty when it is. */
  readonly outside: readonly Outside[];
}

export interface BaselineSubject {
  readonly groups: readonly Group[];
  /** The end of the run, or now. */
  readonly end: number;
  readonly isOpen: boolean;
}

/** A step that fewer of the runs have is not missed in this one. */
const USUAL_SHARE = 0.8;
/** Below so many runs, one that has a step of its own is nothing new. */
const RUNS_MIN = 3;

interface Step {
  readonly key: string;
  readonly group: Group;
  readonly turn: number;
}

interface UsualStep {
  readonly key: string;
  readonly step: Step;
  readonly baseline: StepBaseline;
}

/** What is usual in a sample of runs, worked out once for all that is held against it. */
export interface Usual {
  readonly runs: number;
  readonly steps: readonly UsualStep[];
  /** Whichever turn. */
  readonly ofName: ReadonlyMap<string, StepBaseline>;
}

export const usualOf = (sample: readonly SampledSteps[]): Usual => ({
  runs: sample.length,
  steps: usualSteps(sample),
  ofName: namesakes(sample),
});

export function compareWithBaseline(subject: BaselineSubject, { runs, steps, ofName }: Usual): BaselineRow[] {
  const rows = align<Pick<Step, 'key'> & { readonly own?: Step; readonly usual?: UsualStep }>(
    stepsIn(subject.groups).map((step) => ({ key: step.key, own: step })),
    steps.map((one) => ({ key: one.key, usual: one })),
    ({ key }) => key,
  );
  return rows.flatMap(({ a, b }): readonly BaselineRow[] => {
    const step = a?.own ?? b?.usual?.step;
    if (step === undefined) return [];
    const { group, key, turn } = step;
    // A turn that no other run came to is as usual as its namesakes are.
    const baseline = b?.usual?.baseline ?? ofName.get(nameOf(group));
    const row = { key, name: group.name, kind: group.kind, turn, baseline };
    if (a?.own === undefined)
      // What an open run has not come to yet, and what is not always done, is not missed.
      return subject.isOpen || (baseline?.runs ?? 0) < Math.max(RUNS_MIN, runs * USUAL_SHARE)
        ? []
        : [{ ...row, group: undefined, duration: undefined, wait: undefined, outside: ['absent'] }];
    const duration = durationOf(group, subject.end);
    const wait = waitOf(group);
    return [{ ...row, group, duration, wait, outside: outsideOf({ group, duration, wait, baseline, runs }) }];
  });
}

const nameOf = ({ kind, name }: Group): string => `${kind} ${name}`;

/** Each step with its turn among its namesakes, by which it is the same step in every run. */
function stepsIn(groups: readonly Group[]): readonly Step[] {
  const shown = groups.filter(isCompared);
  const keys = withTurns(shown, nameOf);
  return shown.map((group, index) => {
    const key = keys[index] ?? '';
    return { key, group, turn: Number(key.slice(key.lastIndexOf('\u0000') + 1)) };
  });
}

/** The steps of all the runs, in the order in which half of the runs came to them. */
function usualSteps(sample: readonly SampledSteps[]): readonly UsualStep[] {
  const found = new Map<string, { readonly step: Step; readonly at: number[]; readonly groups: Group[] }>();
  for (const { run, groups } of sample) {
    for (const step of stepsIn(groups)) {
      const kept = found.get(step.key) ?? { step, at: [], groups: [] };
      kept.at.push(step.group.openedAt - run.startedAt);
      kept.groups.push(step.group);
      found.set(step.key, kept);
    }
  }
  return [...found.entries()]
    .map(([key, { step, at, groups }]) => ({ key, step, at: spreadOf(at)?.p50 ?? 0, baseline: baselineOf(groups) }))
    .sort((one, other) => one.at - other.at);
}

/** All steps of one name together, whichever turn. */
function namesakes(sample: readonly SampledSteps[]): ReadonlyMap<string, StepBaseline> {
  const found = new Map<string, { readonly groups: Group[]; readonly runs: Set<unknown> }>();
  for (const { run, groups } of sample) {
    for (const group of groups) {
      const kept = found.get(nameOf(group)) ?? { groups: [], runs: new Set() };
      kept.groups.push(group);
      kept.runs.add(run);
      found.set(nameOf(group), kept);
    }
  }
  return new Map([...found].map(([name, { groups, runs }]) => [name, { ...baselineOf(groups), runs: runs.size }]));
}

function baselineOf(groups: readonly Group[]): StepBaseline {
  const ended = groups.filter(hasLength);
  const measured = (measure: (group: Group) => number | undefined) => spreadOf(ended.map(measure).filter((value) => value !== undefined));
  return {
    runs: groups.length,
    duration: measured((group) => durationOf(group, group.endedAt ?? group.openedAt)),
    wait: measured(waitOf),
    attempts: measured(({ kind, attempt }) => (kind === 'activity' ? attempt : undefined)),
  };
}

interface Weighed {
  readonly group: Group;
  readonly duration: number | undefined;
  readonly wait: number | undefined;
  readonly baseline: StepBaseline | undefined;
  readonly runs: number;
}

const BAD: ReadonlySet<Group['status']> = new Set<Group['status']>(['failed', 'timedout', 'terminated']);

function outsideOf({ group, duration, wait, baseline, runs }: Weighed): readonly Outside[] {
  if (baseline === undefined) return runs < RUNS_MIN ? [] : ['new'];
  // The runs of the sample went well; a moment more is no reason to look.
  const isOver = (value: number | undefined, of: Spread | undefined, least: number) =>
    value !== undefined && of !== undefined && value - of.p95 >= least;
  return [
    ...(BAD.has(group.status) ? (['status'] as const) : []),
    ...(hasLength(group) && isOver(duration, baseline.duration, LEAST_MS) ? (['duration'] as const) : []),
    ...(isOver(wait, baseline.wait, LEAST_MS) ? (['wait'] as const) : []),
    ...(isOver(group.attempt, baseline.attempts, 1) ? (['attempts'] as const) : []),
  ];
}
