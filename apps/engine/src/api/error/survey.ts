/**
 * What fails in a namespace, from a bounded look at its newest failed runs and at open runs. One look serves everybody for some seconds,
 * and how a closed run ended is read once.
 */
import { api } from '@tidemark/protocol/api';
import { StatusCode } from '@tidemark/protocol/errors';
import type { WorkflowServiceClient } from '@tidemark/protocol/services';
import { fromTimestamp, toNumber } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import type { Occurrence } from '../model/error-groups.ts';
import type { EventRow, FailureRow } from '../model/event-row.ts';
import { fingerprintOf } from '../model/fingerprint.ts';
import type { RunAttempts } from '../model/run-attempts.ts';
import type { TidemarkService } from '../model/tidemark-service.ts';
import { deadline, hasCode } from '../procedure.ts';
import { toEventRow, toFailureRow } from '../run/event-row.ts';

type Info = temporal.api.workflow.v1.IWorkflowExecutionInfo;
type Description = temporal.api.workflowservice.v1.IDescribeWorkflowExecutionResponse;

export const CLOSED_MAX = 200;
export const OPEN_MAX = 100;
const PROBLEMS_MAX = 50;
const WIDTH = 8;
/** What could not be read by then is left out, and the answer says how much was looked at. */
const ALL_MS = 6_000;
const FRESH_MS = 10_000;
/** The close event and the task before it, which names the build. */
const CLOSE_EVENTS = 3;
/** The failure of a task is near the end; signals may have come since. */
const TASK_EVENTS = 20;
const REMEMBERED_MAX = 5_000;
const KEPT_EVENTS_MAX = 5_000;

export const FAILED_QUERY = "ExecutionStatus IN ('Failed', 'TimedOut')";
/** Both words are the protocol's own. */
export const PROBLEMS_QUERY = "TemporalReportedProblems IN ('category=WorkflowTaskFailed', 'category=WorkflowTaskTimedOut')";

/** An activity in the hands of a worker. */
export interface HeldActivity {
  readonly worker: string;
  readonly activity: string;
  readonly workflowId: string;
  readonly runId: string;
  readonly attempt: number;
  /** Milliseconds since the epoch. */
  readonly startedAt: number | null;
}

export interface ErrorSurvey {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly occurrences: readonly Occurrence[];
  readonly held: readonly HeldActivity[];
  readonly closedLookedAt: number;
  readonly openLookedAt: number;
  /** There are more than were looked at. */
  readonly hasMoreClosed: boolean;
  readonly hasMoreOpen: boolean;
}

interface Known {
  readonly surveys: Map<string, { readonly at: number; readonly answer: Promise<ErrorSurvey> }>;
  /** Of closed runs by namespace and run id. Null when a run did not end by a failure after all. */
  readonly endings: Map<string, Occurrence | null>;
}

interface Asked {
  readonly workflow: WorkflowServiceClient;
  readonly tidemark?: Pick<TidemarkService, 'attempts'> | undefined;
}

/** Whoever asks the same server shares what is known. */
const known = new WeakMap<WorkflowServiceClient, Known>();

export function surveyErrors({ workflow, tidemark }: Asked, namespace: string, now: () => number): Promise<ErrorSurvey> {
  const memory = known.get(workflow) ?? { surveys: new Map(), endings: new Map() };
  known.set(workflow, memory);
  const last = memory.surveys.get(namespace);
  if (last !== undefined && now() - last.at < FRESH_MS) return last.answer;
  const answer = new Look({ workflow, tidemark, namespace }, memory, now).look();
  memory.surveys.set(namespace, { at: now(), answer });
  // A look that failed is no answer for the next one who asks.
  answer.catch(() => memory.surveys.delete(namespace));
  return answer;
}

class Look {
  private readonly until: number;
  private readonly held: HeldActivity[] = [];

  constructor(
    private readonly of: Asked & { readonly namespace: string },
    private readonly memory: Known,
    private readonly now: () => number,
  ) {
    this.until = now() + ALL_MS;
  }

  async look(): Promise<ErrorSurvey> {
    const [closed, troubled, open] = await Promise.all([
      this.list(FAILED_QUERY, CLOSED_MAX),
      this.list(PROBLEMS_QUERY, PROBLEMS_MAX).catch(noneIfRefused),
      this.list("ExecutionStatus = 'Running'", OPEN_MAX),
    ]);
    const openRuns = [...new Map([...troubled.runs, ...open.runs].map((one) => [one.execution?.runId ?? '', one])).values()];
    const endings = await this.each(closed.runs, (info) => this.endingOf(info));
    const troubles = await this.each(openRuns, (info) => this.troublesOf(info));
    return {
      at: this.now(),
      occurrences: [...endings, ...troubles].flat(),
      held: this.held,
      closedLookedAt: endings.length,
      openLookedAt: troubles.length,
      hasMoreClosed: closed.hasMore || endings.length < closed.runs.length,
      hasMoreOpen: open.hasMore || troubles.length < openRuns.length,
    };
  }

  private async list(query: string, pageSize: number): Promise<{ readonly runs: readonly Info[]; readonly hasMore: boolean }> {
    const page = await this.of.workflow.listWorkflowExecutions({ namespace: this.of.namespace, pageSize, query }, deadline());
    return { runs: page.executions, hasMore: (page.nextPageToken?.length ?? 0) > 0 };
  }

  /** Several at a time until the time is over. A run that went away meanwhile, or is listed under a name it is not found by, has nothing to say. */
  private async each(runs: readonly Info[], read: (info: Info) => Promise<readonly Occurrence[]>): Promise<(readonly Occurrence[])[]> {
    const rest = [...runs];
    const found: (readonly Occurrence[])[] = [];
    const work = async () => {
      for (let info = rest.shift(); info !== undefined && this.now() < this.until; info = rest.shift())
        found.push(
          await read(info).catch((error: unknown) => {
            if (hasCode(error, StatusCode.NOT_FOUND, StatusCode.INVALID_ARGUMENT)) return [];
            throw error;
          }),
        );
    };
    await Promise.all(Array.from({ length: WIDTH }, work));
    return found;
  }

  private async endingOf(info: Info): Promise<readonly Occurrence[]> {
    const key = `${this.of.namespace}/${info.execution?.runId ?? ''}`;
    const remembered = this.memory.endings.get(key);
    if (remembered !== undefined) return remembered === null ? [] : [remembered];
    const rows = await this.tail(info, CLOSE_EVENTS);
    const last = rows.find(({ type }) => type === 'WorkflowExecutionFailed' || type === 'WorkflowExecutionTimedOut');
    const ending = last === undefined ? null : toEnding(info, last, rows.find(({ build }) => build)?.build ?? null);
    if (this.memory.endings.size >= REMEMBERED_MAX) this.memory.endings.clear();
    this.memory.endings.set(key, ending);
    return ending === null ? [] : [ending];
  }

  private async troublesOf(info: Info): Promise<readonly Occurrence[]> {
    const description = await this.of.workflow.describeWorkflowExecution(
      { namespace: this.of.namespace, execution: info.execution ?? {} },
      deadline(),
    );
    const task = description.pendingWorkflowTask;
    this.held.push(...heldOf(info, description));
    const failing = (description.pendingActivities ?? []).filter(({ lastFailure }) => lastFailure);
    const kept = failing.length === 0 ? undefined : await this.attemptsOf(info);
    const activities = failing.flatMap((one) => activityTrouble(info, one, { kept, now: this.now() }));
    if ((task?.attempt ?? 1) < 2) return activities;
    const rows = await this.tail(info, TASK_EVENTS);
    const failed = rows.find(({ type }) => type === 'WorkflowTaskFailed' || type === 'WorkflowTaskTimedOut');
    return failed === undefined ? activities : [...activities, toTaskTrouble(info, failed, task?.attempt ?? 1)];
  }

  /** What is kept beside the history; of a long one it costs more than a look is worth. */
  private async attemptsOf(info: Info): Promise<RunAttempts | undefined> {
    if (toNumber(info.historyLength) > KEPT_EVENTS_MAX) return undefined;
    const { workflowId, runId } = ofRun(info);
    return await this.of.tidemark?.attempts({ namespace: this.of.namespace, workflowId, runId });
  }

  /** The last events, the newest first. */
  private async tail(info: Info, maximumPageSize: number): Promise<readonly EventRow[]> {
    const { history } = await this.of.workflow.getWorkflowExecutionHistoryReverse(
      { namespace: this.of.namespace, execution: info.execution ?? {}, maximumPageSize },
      deadline(),
    );
    return (history?.events ?? []).map(toEventRow);
  }
}

const noneIfRefused = (error: unknown): { readonly runs: readonly Info[]; readonly hasMore: boolean } => {
  if (hasCode(error, StatusCode.INVALID_ARGUMENT)) return { runs: [], hasMore: false };
  throw error;
};

const ofRun = (info: Info) => ({
  workflowId: info.execution?.workflowId ?? '',
  runId: info.execution?.runId ?? '',
  workflowType: info.type?.name ?? '',
  queue: info.taskQueue ?? '',
});

function toEnding(info: Info, event: EventRow, build: string | null): Occurrence {
  const run = ofRun(info);
  const isTimeout = event.type === 'WorkflowExecutionTimedOut';
  const failure = event.failure ?? { type: isTimeout ? 'Run timeout' : 'Failed', message: isTimeout ? 'The run reached its timeout' : '' };
  const where = activityOf(failure) ?? run.workflowType;
  return {
    kind: isTimeout ? 'timedOut' : 'failed',
    ...run,
    where,
    at: event.at,
    attempts: 1,
    builds: build === null ? [] : [build],
    failure,
  };
}

/** The activity that a run failed by, as the failure around its cause names it. */
function activityOf(failure: NonNullable<EventRow['failure']>): string | undefined {
  for (let one: typeof failure | undefined = failure; one !== undefined; one = one.cause) if (one.activity) return one.activity;
  return undefined;
}

function toTaskTrouble(info: Info, event: EventRow, attempts: number): Occurrence {
  const run = ofRun(info);
  const isTimeout = event.type === 'WorkflowTaskTimedOut';
  const said = event.failure ?? {
    type: isTimeout ? 'Workflow task timeout' : (event.cause ?? 'Workflow task failed'),
    message: isTimeout ? 'A worker took the workflow task and did not answer in time' : '',
  };
  return { kind: 'task', ...run, where: run.workflowType, at: event.at, attempts, builds: event.build ? [event.build] : [], failure: said };
}

function heldOf(info: Info, { pendingActivities }: Description): readonly HeldActivity[] {
  const { workflowId, runId } = ofRun(info);
  return (pendingActivities ?? [])
    .filter(({ state }) => state === api.enums.v1.PendingActivityState.PENDING_ACTIVITY_STATE_STARTED)
    .map(({ lastWorkerIdentity, activityType, attempt, lastStartedTime }) => ({
      worker: lastWorkerIdentity ?? '',
      activity: activityType?.name ?? '',
      workflowId,
      runId,
      attempt: attempt ?? 1,
      startedAt: fromTimestamp(lastStartedTime) ?? null,
    }));
}

type Pending = NonNullable<Description['pendingActivities']>[number];

function activityTrouble(
  info: Info,
  one: Pending,
  { kept, now }: { readonly kept: RunAttempts | undefined; readonly now: number },
): readonly Occurrence[] {
  const failure = toFailureRow(one.lastFailure);
  if (failure === undefined) return [];
  const where = one.activityType?.name ?? '';
  const told = one.lastDeploymentVersion?.buildId || one.lastWorkerVersionStamp?.buildId || '';
  const seen = seenOf(failure, where, kept);
  return [
    {
      kind: 'activity',
      ...ofRun(info),
      where,
      at: fromTimestamp(one.lastAttemptCompleteTime ?? one.lastStartedTime) ?? now,
      ...(seen.since === undefined ? {} : { since: seen.since }),
      attempts: one.attempt ?? 1,
      builds: [...new Set([told, ...seen.builds.toReversed()])].filter((build) => build !== ''),
      failure,
    },
  ];
}

/** When the attempts of a run failed by the same error first, and on which builds. */
function seenOf(failure: FailureRow, where: string, kept: RunAttempts | undefined): { readonly since?: number; readonly builds: string[] } {
  const { id } = fingerprintOf(failure, where);
  const alike = (kept?.activities ?? []).flatMap(({ attempts, failures }) => {
    const isSame = failures.map((one) => {
      const row = toFailureRow(one);
      return row !== undefined && fingerprintOf(row, where).id === id;
    });
    return attempts.filter((attempt) => isSame[attempt.failure]);
  });
  const ends = alike.flatMap(({ endedAt }) => endedAt ?? []);
  return { ...(ends.length === 0 ? {} : { since: Math.min(...ends) }), builds: alike.map(({ build }) => build) };
}
