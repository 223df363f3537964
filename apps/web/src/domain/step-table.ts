/** What the steps of many runs took, by the kind and name of the step. Milliseconds throughout. */
import { durationOf, hasLength, waitOf } from './compare-runs.ts';
import type { Group } from './event-groups.ts';
import type { SampledSteps } from './sampled-steps.ts';
import type { Spread } from './spread.ts';
import { spreadOf } from './spread.ts';

export interface StepStats {
  readonly key: string;
  /** Empty where the table does not tell them apart. */
  readonly workflowType: string;
  readonly kind: Group['kind'];
  readonly name: string;
  /** How many there were, and in how many runs. */
  readonly steps: number;
  readonly runs: number;
  /** From the command to the end. */
  readonly duration: Spread;
  /** In the queue, and in the hands of a worker; undefined for what has no queue. */
  readonly wait: Spread | undefined;
  readonly work: Spread | undefined;
  /** From 0 to 1, of all these steps. */
  readonly failed: number;
  readonly retried: number;
  /** From 0 to 1, of the critical paths of all runs of the type; undefined where these were not worked out. */
  readonly pathShare: number | undefined;
  /** How many took as long as each column of the table says. */
  readonly cells: readonly number[];
}

export interface StepTable {
  /** The longest p95 first. */
  readonly rows: readonly StepStats[];
  /** The lower edges of the columns; the first holds what is shorter too. */
  readonly edges: readonly number[];
}

const COLUMNS_MAX = 14;
const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
/** Whole in the unit people read. */
const LADDER: readonly number[] = [1, 2, 5, 10, 20, 50, 100, 200, 500].concat(
  [1, 2, 5, 10, 30, 60, 120, 300, 600, 1_800].map((seconds) => seconds * SECOND),
  [1, 2, 5, 12, 24, 48, 120, 240, 720, 2_400].map((hours) => hours * HOUR),
);

/** What takes time of its own. What a run was told is a point, and local activities tell their end alone. */
const TIMED: ReadonlySet<Group['kind']> = new Set<Group['kind']>(['activity', 'child', 'timer', 'nexus', 'update', 'external']);
const BAD: ReadonlySet<Group['status']> = new Set<Group['status']>(['failed', 'timedout', 'terminated']);

/** Activities of this queue alone, whichever workflow asked for them; without one all steps, by the type of their run. */
export function stepTable(sample: readonly SampledSteps[], queue?: string): StepTable {
  const found = new Map<string, { readonly type: string; readonly groups: Group[]; readonly runs: Set<string> }>();
  for (const { run, groups } of sample) {
    const type = queue === undefined ? run.type : '';
    for (const group of groups) {
      if (!isMeasured(group) || (queue !== undefined && (group.kind !== 'activity' || group.queue !== queue))) continue;
      const key = `${type}\u0000${group.kind}\u0000${group.name}`;
      const kept = found.get(key) ?? { type, groups: [], runs: new Set() };
      kept.groups.push(group);
      kept.runs.add(run.runId);
      found.set(key, kept);
    }
  }
  const all = [...found.values()].flatMap(({ groups }) => groups.map(tookOf));
  const edges = edgesOf(all);
  const rows = [...found.entries()].flatMap(([key, { type, groups, runs }]): readonly StepStats[] => {
    const [first] = groups;
    const took = groups.map(tookOf);
    const duration = spreadOf(took);
    if (first === undefined || duration === undefined) return [];
    const share = (isCounted: (group: Group) => boolean) => groups.filter(isCounted).length / groups.length;
    return [
      {
        key,
        workflowType: type,
        kind: first.kind,
        name: first.name,
        steps: groups.length,
        runs: runs.size,
        duration,
        wait: spreadOf(groups.map(waitOf).filter((value) => value !== undefined)),
        work: spreadOf(groups.map(workOf).filter((value) => value !== undefined)),
        failed: share(({ status }) => BAD.has(status)),
        retried: share(({ attempt }) => attempt > 1),
        pathShare: queue === undefined ? shareOfPaths(type, groups, sample) : undefined,
        cells: cellsOf(took, edges),
      },
    ];
  });
  return { rows: rows.sort((one, other) => other.duration.p95 - one.duration.p95), edges };
}

/** What they are of the time that these runs took from start to end. A step is on the path of its own run alone. */
function shareOfPaths(type: string, groups: readonly Group[], sample: readonly SampledSteps[]): number | undefined {
  const own = new Set(groups);
  let [onPath, all] = [0, 0];
  for (const { run, groups: steps, path } of sample) {
    if (path === undefined || run.type !== type) continue;
    for (const { from, to } of path.steps) all += to - from;
    for (const { id } of steps.filter((step) => own.has(step))) for (const { from, to } of path.byId.get(id) ?? []) onPath += to - from;
  }
  return all === 0 ? undefined : onPath / all;
}

const isMeasured = (group: Group): boolean => TIMED.has(group.kind) && group.endedAt !== undefined && hasLength(group);

const tookOf = (group: Group): number => durationOf(group, group.endedAt ?? group.openedAt) ?? 0;

/** The last attempt, from the moment a worker took it. */
const workOf = ({ kind, startedAt, endedAt }: Group): number | undefined =>
  startedAt === undefined || endedAt === undefined || (kind !== 'activity' && kind !== 'nexus') ? undefined : endedAt - startedAt;

/** From the step of the ladder below the shortest to the one of the longest; where these are too many, the shortest share one. */
function edgesOf(took: readonly number[]): readonly number[] {
  if (took.length === 0) return [];
  const [shortest, longest] = took.reduce(([low, high], ms) => [Math.min(low, ms), Math.max(high, ms)], [Infinity, 0]);
  const last = rowOf(LADDER, longest);
  return LADDER.slice(Math.max(rowOf(LADDER, shortest), last - COLUMNS_MAX + 1), last + 1);
}

/** The last edge that is not above. */
function rowOf(edges: readonly number[], ms: number): number {
  const above = edges.findIndex((edge) => edge > ms);
  return Math.max(0, (above === -1 ? edges.length : above) - 1);
}

function cellsOf(took: readonly number[], edges: readonly number[]): readonly number[] {
  const cells = edges.map(() => 0);
  for (const ms of took) {
    const column = rowOf(edges, ms);
    cells[column] = (cells[column] ?? 0) + 1;
  }
  return cells;
}
