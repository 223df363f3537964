/** Puts what a replay found into a report. */
import type { TaskProblem } from '../workflow/commands.ts';
import { chunkLength } from './chunks.ts';
import type { HistoryEvent } from './events.ts';
import { commandKindOf, EventType, eventId, eventTime } from './events.ts';
import { commandPhrase, eventPhrase } from './identity.ts';
import { alignRows, commandSide, diffFields, eventSide } from './lane-rows.ts';
import { hintsFor } from './hints.ts';
import { jobLabel } from './job-labels.ts';
import type { Mismatch } from './nondeterminism.ts';
import { InvalidHistoryError, NondeterminismError } from './nondeterminism.ts';
import type { ConditionSide, Divergence, LaneRow, LogSide, ReplayReport, SourceFrame, TaskLane, WaitSide } from './report-types.ts';
import type { LoggedLine, OpenCondition, RunReplay, TaskRecord } from './run-replay.ts';

export interface ReportInput {
  readonly replay: RunReplay;
  readonly bundleHash: string;
  readonly sdk: { readonly name: string; readonly version: string };
  /** From a raw stack to the user's frames. */
  readonly frames: (stack: string | undefined) => readonly SourceFrame[];
  /** A `NondeterminismError` or an `InvalidHistoryError`. */
  readonly error?: unknown;
  readonly problem?: TaskProblem;
  readonly source?: 'server' | 'file';
  /** The last task of the replay is one that failed on the server. */
  readonly triesFailing?: boolean;
  /** The whole history, for lanes of tasks the replay did not reach. */
  readonly events?: readonly HistoryEvent[];
  /** Only so many lanes before the one that failed. */
  readonly lanesBefore?: number;
}

export function buildReport(input: ReportInput): ReplayReport {
  const { replay, error, problem } = input;
  const mismatch = error instanceof NondeterminismError ? error.mismatch : undefined;
  const divergence = mismatch && divergenceOf(mismatch, input);
  const failedIndex = mismatch?.taskIndex ?? (problem === undefined ? undefined : Math.max(1, replay.tasks));
  const lanes = [...replay.records.map((record) => laneOf(record, input)), ...unreached(input)];
  const kept =
    input.lanesBefore === undefined || failedIndex === undefined
      ? lanes
      : lanes.filter(({ index }) => index >= failedIndex - (input.lanesBefore ?? 0));
  const total = Math.max(replay.tasks, lanes.length, failedIndex ?? 0);
  const stack = problem === undefined ? [] : input.frames(problem.trace.stack);
  return {
    format: 'replay-report/1',
    verdict: verdictOf(error, problem),
    summary: summaryOf(input, mismatch, divergence),
    execution: { ...replay.execution, workflowType: replay.workflowType },
    code: { bundleHash: input.bundleHash, sdk: input.sdk },
    history: { source: input.source ?? 'server', events: input.events?.length ?? replay.lastEventId },
    tasks: {
      total,
      matched: failedIndex === undefined ? replay.tasks : failedIndex - 1,
      ...(failedIndex === undefined ? {} : { failedIndex }),
    },
    ...(divergence === undefined ? {} : { divergence }),
    lanes: kept,
    waits: waitsOf(input),
    conditions: conditionsOf(replay.closed ? [] : (replay.records.at(-1)?.conditions ?? []), input),
    hints: divergence === undefined ? [] : hintsFor(divergence),
    ...(problem === undefined ? {} : { error: { type: problem.type, message: problem.message, stack } }),
  };
}

/** Of what a run has open so much is listed: a fan-out of thousands says no more than its first. */
const WAITS_MAX = 50;

function waitsOf({ replay, frames }: ReportInput): WaitSide[] {
  return replay
    .openOperations()
    .slice(0, WAITS_MAX)
    .map(({ kind, eventId: began, operation, stack }) => {
      const [frame] = frames(stack);
      return { kind, eventId: began, name: kind === 'timer' ? '' : operation.type, ...(frame === undefined ? {} : { at: frame }) };
    });
}

function verdictOf(error: unknown, problem: TaskProblem | undefined): ReplayReport['verdict'] {
  if (error instanceof NondeterminismError) return 'nondeterminism';
  if (error instanceof InvalidHistoryError) return 'invalid-history';
  return problem === undefined ? 'ok' : 'task-failure';
}

function divergenceOf(mismatch: Mismatch, input: ReportInput): Divergence {
  const { event, command, kind, taskIndex } = mismatch;
  const sequenceOf = (id: number) => input.replay.sequenceOf(id);
  const record = input.replay.records.find(({ index }) => index === taskIndex);
  const expected = event && eventSide(event, sequenceOf);
  const actual = command && commandSide(command, { index: record?.commands.indexOf(command) ?? 0, frames: input.frames });
  return {
    kind,
    taskIndex,
    ...(expected === undefined ? {} : { expected }),
    ...(actual === undefined ? {} : { actual }),
    fields: event === undefined || command === undefined ? [] : diffFields(event, command, sequenceOf),
    code: 'TMPRL1100',
  };
}

function laneOf(record: TaskRecord, input: ReportInput): TaskLane {
  return {
    index: record.index,
    startedEventId: record.startedEventId,
    time: new Date(record.time).toISOString(),
    jobs: record.causes.map((event) => ({ kind: 'event', label: jobLabel(event, input.replay), eventId: eventId(event) })),
    rows: alignRows(record, { sequenceOf: (id) => input.replay.sequenceOf(id), frames: input.frames }),
    ...(record.logs.length === 0 ? {} : { logs: record.logs.map((line) => logOf(line, input)) }),
    ...(record.conditions.length === 0 ? {} : { conditions: conditionsOf(record.conditions, input) }),
  };
}

const logOf = ({ level, message, attributes, stack }: LoggedLine, input: ReportInput): LogSide => ({
  level,
  message,
  ...(attributes === '' ? {} : { attributes }),
  ...placeOf(stack, input),
});

const conditionsOf = (conditions: readonly OpenCondition[], input: ReportInput): ConditionSide[] =>
  conditions.map(({ label, stack }) => ({ label, ...placeOf(stack, input) }));

/** The line alone: a report of thousands of tasks would repeat the source around it as often. */
function placeOf(stack: string | undefined, { frames }: ReportInput): { readonly at?: SourceFrame } {
  const [frame] = frames(stack);
  if (frame === undefined) return {};
  const { snippet: _source, ...at } = frame;
  return { at };
}

/** Tasks behind the divergence: their events are known, what the code would do is not. */
function unreached(input: ReportInput): TaskLane[] {
  if (input.events === undefined || input.error === undefined) return [];
  const lanes: TaskLane[] = [];
  let rest = input.events.filter((event) => eventId(event) > input.replay.lastStartedEventId);
  const sequenceOf = (id: number) => input.replay.sequenceOf(id);
  for (let length = chunkLength(rest); length !== undefined; length = chunkLength(rest)) {
    const chunk = rest.slice(0, length);
    rest = rest.slice(length);
    const started = chunk.at(-1);
    if (started?.eventType !== EventType.workflowTaskStarted) break;
    const next = rest.slice(0, chunkLength(rest) ?? rest.length);
    const rows: LaneRow[] = next
      .filter((event) => commandKindOf(event) !== undefined)
      .map((event) => ({ status: 'skipped', event: eventSide(event, sequenceOf) }));
    const causes = chunk.filter((event) => jobLabel(event, input.replay) !== '');
    lanes.push({
      index: input.replay.tasks + lanes.length + 1,
      startedEventId: eventId(started),
      time: new Date(eventTime(started)).toISOString(),
      jobs: causes.map((event) => ({ kind: 'event', label: jobLabel(event, input.replay), eventId: eventId(event) })),
      rows,
    });
  }
  return lanes;
}

function summaryOf(input: ReportInput, mismatch: Mismatch | undefined, divergence: Divergence | undefined): string {
  const { replay, error, problem } = input;
  if (mismatch !== undefined) return divergenceSentence(mismatch, divergence, input);
  if (error instanceof InvalidHistoryError) return `The history cannot be replayed: ${error.message}.`;
  if (problem !== undefined) {
    const [at] = input.frames(problem.trace.stack);
    return `Task ${Math.max(1, replay.tasks)}: the code failed${at === undefined ? '' : ` at ${at.file}:${at.line}`} with ${problem.type}: ${problem.message}`;
  }
  return input.triesFailing ? `${sameTasks(replay.tasks - 1)}; the task that failed does not fail on it.` : `${sameTasks(replay.tasks)}.`;
}

const sameTasks = (count: number): string =>
  count === 0
    ? 'No task has ended yet that this code could be held against'
    : count === 1
      ? 'The one task replays the same against this code'
      : `All ${count} tasks replay the same against this code`;

function divergenceSentence(mismatch: Mismatch, divergence: Divergence | undefined, input: ReportInput): string {
  const { event, command, taskIndex } = mismatch;
  const where = event === undefined ? `Task ${taskIndex}` : `Task ${taskIndex} (event ${eventId(event)})`;
  const sequenceOf = (id: number) => input.replay.sequenceOf(id);
  const [at] = divergence?.actual?.stack ?? [];
  const place = at === undefined ? '' : ` at ${at.file}:${at.line}${at.fn === undefined ? '' : ` in ${at.fn.split('.').at(-1) ?? at.fn}`}`;
  if (mismatch.kind === 'orphan-resolution')
    return `${where}: history has ${event === undefined ? 'an event' : jobLabel(event, input.replay)}, which belongs to an operation the code never started.`;
  if (event !== undefined && command !== undefined)
    return `${where}: history ${eventPhrase(event, sequenceOf)}, but the code${place} ${commandPhrase(command)} instead.`;
  if (event !== undefined) {
    const last = lastPlace(input, taskIndex);
    return `${where}: history ${eventPhrase(event, sequenceOf)}; the code produced nothing more${last === '' ? '' : ` after ${last}`}.`;
  }
  return `${where}: the code${place} ${command === undefined ? 'asked for something' : commandPhrase(command)}, but history holds nothing there.`;
}

function lastPlace(input: ReportInput, taskIndex: number): string {
  const record = input.replay.records.find(({ index }) => index === taskIndex);
  for (const command of [...(record?.commands ?? [])].reverse()) {
    const [at] = input.frames(command.trace.stack);
    if (at !== undefined) return `${at.file}:${at.line}`;
  }
  return '';
}
