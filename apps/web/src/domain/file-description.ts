/** What a server would say of a run, as far as its history alone tells it. */
import { attributesOf, durationOf, textOf } from './event-body.ts';
import type { HistoryFile } from './history-file.ts';
import { eventOfRow, needsBody, toHistoryEvent } from './history-event.ts';
import { patchOf } from './patch-marker.ts';
import type { Payload } from './payload-json.ts';
import { fromPayload, isBody } from './payload-json.ts';
import { RunFold } from './run-fold.ts';
import { stateView } from './state-view.ts';

export interface FileIdentity {
  readonly workflowId: string;
  readonly runId: string;
  readonly type: string;
}

/** Files of older servers name the workflow nowhere; then the name of the file stands for it. */
export function identityOf({ bodies, rows, names }: HistoryFile, fileName: string): FileIdentity {
  const started = attributesOf(bodies[0] ?? {});
  return {
    workflowId: names.workflowId ?? textOf(started['workflowId']) ?? fileName.replace(/(\.history)?\.json$/i, ''),
    runId: names.runId ?? textOf(started['originalExecutionRunId']) ?? textOf(started['firstExecutionRunId']) ?? '',
    type: rows[0]?.name ?? 'unknown type',
  };
}

export function describeFile(file: HistoryFile, { workflowId, runId, type }: FileIdentity) {
  const { rows, bodies } = file;
  const started = attributesOf(bodies[0] ?? {});
  const parent = started['parentWorkflowExecution'];
  const last = rows.at(-1);
  const point = foldOf(file).at(rows.length);
  const { status } = stateView(point);
  const { derived, beside } = point;
  return {
    workflowId,
    runId,
    type,
    status,
    queue: rows[0]?.queue ?? '',
    startedAt: rows[0]?.at ?? 0,
    closedAt: derived.closedAt === undefined ? null : (last?.at ?? derived.closedAt),
    events: rows.length,
    bytes: beside.saidBytes?.bytes ?? 0,
    parentId: isBody(parent) ? (textOf(parent['workflowId']) ?? null) : null,
    fields: {},
    firstRunId: textOf(started['firstExecutionRunId']) ?? '',
    parent: isBody(parent) ? { workflowId: textOf(parent['workflowId']) ?? '', runId: textOf(parent['runId']) ?? '' } : null,
    root: null,
    resetTo: null,
    resetPoints: [],
    build: beside.build ?? null,
    timeouts: {
      executionMs: durationOf(started['workflowExecutionTimeout']) ?? 0,
      runMs: durationOf(started['workflowRunTimeout']) ?? 0,
      taskMs: durationOf(started['workflowTaskTimeout']) ?? 0,
    },
    isCancelRequested: derived.cancelRequestedEventId > 0,
    /** Histories do not count them. */
    transitions: 0,
    memo: valuesOf(derived.memo),
    searchAttributes: valuesOf(derived.searchAttributes),
    activities: [],
    children: [],
    task: null,
  };
}

function foldOf({ rows, bodies }: HistoryFile): RunFold {
  return new RunFold({
    eventOf: (row, all) => {
      const body = needsBody(row) ? bodies[row.id - 1] : undefined;
      return body === undefined ? eventOfRow(row, all) : toHistoryEvent(body);
    },
    patchOf: (row) => patchOf(bodies[row.id - 1]),
  }).grow(rows);
}

const valuesOf = (fields: Readonly<Record<string, Payload>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).map(([name, one]) => [name, fromPayload(one)]));
