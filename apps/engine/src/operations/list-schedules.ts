/** Schedules that a filter finds: by their id, whether they are paused, and the search attributes of their own. */
import { api } from '@tidemark/protocol/api';
import type { WorkflowMethods } from '@tidemark/protocol/services';
import { toLong, toTimestamp } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import { runId, workflowId } from '../kernel/ids.ts';
import { decodeSchedule } from '../schedules/codec.ts';
import { futureTimes, isPaused } from '../schedules/model/decide.ts';
import type { ScheduleState } from '../schedules/model/state.ts';
import type { Filter } from '../visibility/model/filter.ts';
import { matches } from '../visibility/model/match.ts';
import { parseQuery } from '../visibility/model/parse-query.ts';
import { attributeValuesOf } from '../visibility/model/search-attributes.ts';
import { QueryFault } from '../visibility/model/tokens.ts';
import type { Engine, NamespaceCall } from './engine.ts';
import { toResult } from './schedules.ts';
import { invalid } from './validate.ts';

type Request = WorkflowMethods['listSchedules']['request'];
type Response = temporal.api.workflowservice.v1.IListSchedulesResponse;
type Entry = temporal.api.schedule.v1.IScheduleListEntry;

const PAGE_MAX = 1000;
/** Of recent and of future actions in a list. */
const SHOWN_MAX = 5;
/** Of intervals and of calendars in a list, each. */
const TIMES_SHOWN_MAX = 10;

export async function listSchedules(engine: Engine, request: Request, call: NamespaceCall): Promise<Response> {
  const isWanted = filterOf(request.query ?? '', call);
  const sizeMax = Math.min(request.maximumPageSize || PAGE_MAX, PAGE_MAX);
  const schedules: Entry[] = [];
  let after = request.nextPageToken?.length ? Buffer.from(request.nextPageToken).toString('utf8') : undefined;
  for (;;) {
    const page = await engine.store.schedules.list({ namespaceId: call.namespace.id, sizeMax, ...(after === undefined ? {} : { after }) });
    for (const record of page) {
      const state = decodeSchedule(record);
      if (isWanted(state)) schedules.push(toEntry(engine, state));
      if (schedules.length === sizeMax) return { schedules, nextPageToken: Buffer.from(record.scheduleId) };
    }
    if (page.length < sizeMax) return { schedules };
    after = page.at(-1)?.scheduleId;
  }
}

export async function countSchedules(
  engine: Engine,
  request: WorkflowMethods['countSchedules']['request'],
  call: NamespaceCall,
): Promise<object> {
  const isWanted = filterOf(request.query ?? '', call);
  let count = 0;
  for (let after: string | undefined; ; ) {
    const page = await engine.store.schedules.list({
      namespaceId: call.namespace.id,
      sizeMax: PAGE_MAX,
      ...(after === undefined ? {} : { after }),
    });
    for (const record of page) if (isWanted(decodeSchedule(record))) count += 1;
    after = page.at(-1)?.scheduleId;
    if (page.length < PAGE_MAX) return { count: toLong(count) };
  }
}

function toEntry({ schedules, clock }: Engine, state: ScheduleState): Entry {
  const { schedule } = state;
  return {
    scheduleId: state.key.scheduleId,
    memo: { fields: { ...state.memo } },
    searchAttributes: { indexedFields: { ...state.searchAttributes } },
    info: {
      spec: shortened(schedule.spec ?? {}),
      workflowType: schedule.action?.startWorkflow?.workflowType ?? null,
      notes: schedule.state?.notes ?? '',
      paused: isPaused(state),
      recentActions: state.recent.slice(-SHOWN_MAX).map(toResult),
      futureActionTimes: futureTimes(state, { spec: schedules.specOf(state), now: clock.now(), max: SHOWN_MAX }).map(toTimestamp),
    },
  };
}

/** Of each kind of times a few; describing the schedule shows them all. */
function shortened(spec: temporal.api.schedule.v1.IScheduleSpec): temporal.api.schedule.v1.IScheduleSpec {
  return {
    ...spec,
    interval: (spec.interval ?? []).slice(0, TIMES_SHOWN_MAX),
    structuredCalendar: (spec.structuredCalendar ?? []).slice(0, TIMES_SHOWN_MAX),
    excludeStructuredCalendar: (spec.excludeStructuredCalendar ?? []).slice(0, TIMES_SHOWN_MAX),
  };
}

function filterOf(query: string, { namespace }: NamespaceCall): (state: ScheduleState) => boolean {
  const scope = { name: namespace.name, searchAttributes: { ...namespace.searchAttributes, ScheduleId: 'Keyword' as const } };
  let filter: Filter | undefined;
  try {
    const parsed = parseQuery(query, scope);
    if (parsed.groupBy !== undefined) throw new QueryFault("operation is not supported: 'GROUP BY' clause");
    ({ filter } = parsed);
  } catch (error) {
    if (error instanceof QueryFault) throw invalid(`invalid query: ${error.message}`);
    throw error;
  }
  if (filter === undefined) return () => true;
  const foreign = systemFieldOf(filter);
  if (foreign !== undefined) throw invalid(`invalid query filter for schedules: cannot filter on "${foreign}"`);
  const wanted = filter;
  return (state) => matches(wanted, recordOf(state));
}

/** A field that runs have and schedules do not. */
function systemFieldOf(filter: Filter): string | undefined {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return filter.operands.map(systemFieldOf).find((name) => name !== undefined);
    case 'not':
      return systemFieldOf(filter.operand);
    default:
      return filter.field.kind === 'system' ? filter.field.name : undefined;
  }
}

/** Only the attributes are looked at. */
function recordOf(state: ScheduleState): Parameters<typeof matches>[1] {
  const { scheduleId } = state.key;
  return {
    key: { workflowId: workflowId(scheduleId), runId: runId('') },
    workflowType: '',
    taskQueue: '',
    status: api.enums.v1.WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_UNSPECIFIED,
    startTime: state.createdAt,
    executionTime: state.createdAt,
    attributes: { ...attributeValuesOf(state.searchAttributes), ScheduleId: scheduleId, TemporalSchedulePaused: isPaused(state) },
  };
}
