import { StatusCode } from '@tidemark/protocol/errors';
import { fromTimestamp, toNumber } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import { z } from 'zod';
import { statusOf } from '../json/to-json.ts';
import type { EventRow } from '../model/event-row.ts';
import type { RunSample, SampledRun } from '../model/run-sample.ts';
import type { ApiContext } from '../procedure.ts';
import { deadline, hasCode, namespaceInput, procedure } from '../procedure.ts';
import { compact, toEventRow } from '../run/event-row.ts';
import { filterInput, narrowed } from './list-filter.ts';

const RUNS_MAX = 40;
/** Of one run; a longer one is passed over. */
const ONE = { events: 2_000, bytes: 2_000_000 };
/** Of all of them together. */
const ALL = { events: 12_000, bytes: 16_000_000, ms: 6_000 };
const PAGE = 1_000;
const WIDTH = 4;

/** The steps of the newest closed runs that a filter finds. What could not be read within the bounds is left out and counted. */
export const sample = procedure
  .input(
    namespaceInput.extend({
      filter: filterInput.prefault({}),
      count: z.number().int().min(1).max(RUNS_MAX),
      /** The id of a run that is not to be among them. */
      except: z.string().max(255).default(''),
      /** With the start and the workflow tasks, by which it can be told what waited for what. */
      withTasks: z.boolean().default(false),
    }),
  )
  .query(async ({ ctx, input: { namespace, filter, count, except, withTasks }, signal }): Promise<RunSample> => {
    const options = { ...deadline(ALL.ms), ...(signal ? { signal } : {}) };
    const listed = await ctx.workflow.listWorkflowExecutions(
      // One of them may be the run that is left out, and some may be too long.
      { namespace, query: narrowed(filter, "ExecutionStatus != 'Running'"), pageSize: count * 2 + 1 },
      options,
    );
    // Some servers tell of paused runs that they are not running.
    const closed = listed.executions.filter((info) => info.closeTime && info.execution?.runId !== except);
    const short = closed.filter((info) => !isTooLong(info)).slice(0, count);
    const last = short.at(-1);
    const looked = last === undefined || short.length < count ? closed.length : closed.indexOf(last) + 1;
    const reading = new Reading({ workflow: ctx.workflow, namespace, withTasks }, options);
    const runs = await reading.all(short);
    return {
      runs,
      tooLong: looked - short.length + reading.tooLong,
      unread: reading.unread,
      hasMore: closed.length > looked || (listed.nextPageToken?.length ?? 0) > 0,
    };
  });

type Info = temporal.api.workflow.v1.IWorkflowExecutionInfo;

/** As the list says it; a server that does not say is found out while reading. */
const isTooLong = ({ historyLength, historySizeBytes }: Info): boolean =>
  toNumber(historyLength) > ONE.events || toNumber(historySizeBytes) > ONE.bytes;

interface CallOptions {
  readonly deadline: number;
  readonly signal?: AbortSignal;
}

class Reading {
  tooLong = 0;
  unread = 0;
  private events = 0;
  private bytes = 0;

  constructor(
    private readonly of: { readonly workflow: ApiContext['workflow']; readonly namespace: string; readonly withTasks: boolean },
    private readonly options: CallOptions,
  ) {}

  /** Several at a time, in the order of the list. */
  async all(infos: readonly Info[]): Promise<readonly SampledRun[]> {
    const found: (SampledRun | undefined)[] = [];
    const rest = [...infos.entries()];
    const work = async () => {
      for (let next = rest.shift(); next !== undefined; next = rest.shift()) {
        const [place, info] = next;
        if (this.isOver) this.unread += 1;
        else found[place] = await this.one(info);
      }
    };
    await Promise.all(Array.from({ length: WIDTH }, work));
    return found.filter((run) => run !== undefined);
  }

  private get isOver(): boolean {
    return Date.now() >= this.options.deadline || this.events >= ALL.events || this.bytes >= ALL.bytes;
  }

  private async one(info: Info): Promise<SampledRun | undefined> {
    try {
      const rows = await this.steps(info);
      if (rows !== undefined) return toRun(info, rows);
      this.tooLong += 1;
    } catch (error) {
      if (hasCode(error, StatusCode.DEADLINE_EXCEEDED)) this.unread += 1;
      // What retention has taken in the meantime is no part of the sample.
      else if (!hasCode(error, StatusCode.NOT_FOUND)) throw error;
    }
    return undefined;
  }

  /** Undefined where the history is longer than is read. */
  private async steps({ execution }: Info): Promise<readonly EventRow[] | undefined> {
    const rows: EventRow[] = [];
    let read = 0;
    let bytes = 0;
    let token: Uint8Array | undefined;
    do {
      const page = await this.of.workflow.getWorkflowExecutionHistory(
        {
          namespace: this.of.namespace,
          execution: execution ?? {},
          maximumPageSize: PAGE,
          skipArchival: true,
          ...(token ? { nextPageToken: token } : {}),
        },
        this.options,
      );
      for (const event of page.history?.events ?? []) {
        const row = toEventRow(event);
        read += 1;
        bytes += row.bytes;
        if (this.of.withTasks ? !OWN_WORDS.has(row.type) : isOfSteps(row.type)) rows.push(lean(row, this.of.withTasks));
      }
      token = page.nextPageToken?.length ? page.nextPageToken : undefined;
    } while (token !== undefined && read <= ONE.events && bytes <= ONE.bytes);
    this.events += read;
    this.bytes += bytes;
    return token === undefined && read <= ONE.events && bytes <= ONE.bytes ? rows : undefined;
  }
}

/** Workflow tasks and what a run writes down about itself are no steps. */
const OWN_WORDS: ReadonlySet<string> = new Set(['UpsertWorkflowSearchAttributes', 'WorkflowPropertiesModified']);
const isOfSteps = (type: string): boolean =>
  !type.startsWith('WorkflowTask') && type !== 'WorkflowExecutionStarted' && !OWN_WORDS.has(type);

/** What says which step it was, when, and how it went. */
const lean = (
  { id, type, at, bytes, ref, taskId, name, key, label, queue, attempt, delayMs, failure }: EventRow,
  withTasks: boolean,
): EventRow =>
  compact<EventRow>({
    id,
    type,
    at,
    bytes,
    ref,
    taskId: withTasks ? taskId : undefined,
    name,
    key,
    label,
    queue,
    attempt,
    delayMs,
    failure: failure && { type: failure.type, message: '' },
  });

const toRun = (info: Info, rows: readonly EventRow[]): SampledRun => ({
  workflowId: info.execution?.workflowId ?? '',
  runId: info.execution?.runId ?? '',
  type: info.type?.name ?? '',
  status: statusOf(info.status),
  startedAt: fromTimestamp(info.startTime) ?? 0,
  closedAt: fromTimestamp(info.closeTime) ?? 0,
  rows,
});
