/** A run as the index keeps it, and as lists show it. */
import { api } from '@tidemark/protocol/api';
import { toDuration, toLong, toTimestamp } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import type { RunState } from '../history/model/state.ts';
import { isOpen } from '../history/model/state.ts';
import { statusOf } from '../history/model/status.ts';
import type { RunVersioning } from '../history/model/versioning.ts';
import { Behavior, behaviorOf, pinnedVersionOf, versionOf } from '../history/model/versioning.ts';
import { nameOfVersion } from '../kernel/worker-version.ts';
import type { VisibilityRecord } from '../persistence/ports/visibility-store.ts';
import { attributeValuesOf, isNull } from './model/search-attributes.ts';

const { Memo, SearchAttributes } = api.common.v1;

export function recordOf(state: RunState): VisibilityRecord {
  const { derived, volatile } = state;
  const { key, start } = derived;
  const backoff = start.firstWorkflowTaskBackoff
    ? Number(start.firstWorkflowTaskBackoff.seconds) * 1000 + (start.firstWorkflowTaskBackoff.nanos ?? 0) / 1e6
    : 0;
  const hasMemo = Object.keys(derived.memo).length > 0;
  // A null stays in the history that set it; lists and descriptions show only what has a value.
  const all = {
    ...derived.searchAttributes,
    ...versioningAttributes(derived.versioning),
    ...keywords('TemporalReportedProblems', volatile.reportedProblems),
    ...keywords('TemporalPauseInfo', pauseInfo(state)),
    ...(volatile.tellsRetrying && isOpen(state) ? { TidemarkRetrying: flag } : {}),
  };
  const indexedFields = Object.fromEntries(Object.entries(all).filter(([, payload]) => !isNull(payload)));
  const hasAttributes = Object.keys(indexedFields).length > 0;
  const root = start.rootWorkflowExecution ?? { workflowId: key.workflowId, runId: key.runId };
  return {
    key,
    workflowType: start.workflowType?.name ?? '',
    taskQueue: start.taskQueue?.name ?? '',
    status: statusOf(state),
    startTime: derived.startedAt,
    executionTime: derived.startedAt + backoff,
    root: { workflowId: root.workflowId ?? '', runId: root.runId ?? '' },
    attributes: attributeValuesOf(all),
    ...(start.parentWorkflowExecution
      ? { parent: { workflowId: start.parentWorkflowExecution.workflowId ?? '', runId: start.parentWorkflowExecution.runId ?? '' } }
      : {}),
    ...(hasMemo ? { memo: Memo.encode({ fields: derived.memo }).finish() } : {}),
    ...(hasAttributes ? { searchAttributes: SearchAttributes.encode({ indexedFields }).finish() } : {}),
    ...(derived.closedAt === undefined
      ? {}
      : {
          closeTime: derived.closedAt,
          historyLength: derived.nextEventId - 1,
          historySizeBytes: volatile.historySizeBytes,
          stateTransitionCount: volatile.version,
        }),
  };
}

const text = new TextEncoder();

function pauseInfo(state: RunState): readonly string[] {
  const { pause } = state.volatile;
  return pause === undefined || !isOpen(state) ? [] : [`Workflow:${state.derived.key.workflowId}`, `Reason:${pause.reason}`];
}

const flag = { metadata: { encoding: text.encode('json/plain'), type: text.encode('Bool') }, data: text.encode('true') };

const behaviorNames = new Map<number, string>([
  [Behavior.PINNED, 'Pinned'],
  [Behavior.AUTO_UPGRADE, 'AutoUpgrade'],
]);

function versioningAttributes(versioning: RunVersioning | undefined): Record<string, temporal.api.common.v1.IPayload> {
  if (versioning === undefined) return {};
  const version = versionOf(versioning);
  const pinned = pinnedVersionOf(versioning);
  return {
    ...keyword('TemporalWorkflowVersioningBehavior', behaviorNames.get(behaviorOf(versioning))),
    ...keyword('TemporalWorkerDeployment', version?.deploymentName),
    ...keyword('TemporalWorkerDeploymentVersion', version && nameOfVersion(version)),
    ...keywords('BuildIds', pinned === undefined ? [] : [`pinned:${nameOfVersion(pinned)}`]),
    ...keywords('TemporalUsedWorkerDeploymentVersions', versioning.used),
  };
}

function keyword(name: string, value: string | undefined): Record<string, temporal.api.common.v1.IPayload> {
  if (value === undefined) return {};
  return {
    [name]: { metadata: { encoding: text.encode('json/plain'), type: text.encode('Keyword') }, data: text.encode(JSON.stringify(value)) },
  };
}

/** The attributes that the engine itself sets are there as long as they have something to say. */
function keywords(name: string, values: readonly string[]): Record<string, temporal.api.common.v1.IPayload> {
  if (values.length === 0) return {};
  const metadata = { encoding: text.encode('json/plain'), type: text.encode('KeywordList') };
  return { [name]: { metadata, data: text.encode(JSON.stringify(values)) } };
}

export function executionInfoOf(record: VisibilityRecord): temporal.api.workflow.v1.IWorkflowExecutionInfo {
  const { key, parent, root } = record;
  return {
    execution: { workflowId: key.workflowId, runId: key.runId },
    type: { name: record.workflowType },
    status: record.status,
    startTime: toTimestamp(record.startTime),
    executionTime: toTimestamp(record.executionTime),
    taskQueue: record.taskQueue,
    memo: record.memo === undefined ? { fields: {} } : Memo.decode(record.memo),
    searchAttributes: record.searchAttributes === undefined ? { indexedFields: {} } : SearchAttributes.decode(record.searchAttributes),
    ...(root === undefined ? {} : { rootExecution: root }),
    ...(parent === undefined ? {} : { parentExecution: parent }),
    ...(record.closeTime === undefined
      ? {}
      : { closeTime: toTimestamp(record.closeTime), executionDuration: toDuration(record.closeTime - record.executionTime) }),
    ...(record.historyLength === undefined ? {} : { historyLength: toLong(record.historyLength) }),
    ...(record.historySizeBytes === undefined ? {} : { historySizeBytes: toLong(record.historySizeBytes) }),
    ...(record.stateTransitionCount === undefined ? {} : { stateTransitionCount: toLong(record.stateTransitionCount) }),
  };
}
