/** Commands that only write something down. */
import { api } from '@tidemark/protocol/api';
import { toLong } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import { mergePayloads } from '../../apply/workflow-events.ts';
import type { Handler } from './command.ts';
import { faultOfLength, metadataOf, refuse } from './command.ts';

const { WorkflowTaskFailedCause: Cause } = api.enums.v1;

export const recordMarker: Handler<temporal.api.command.v1.IRecordMarkerCommandAttributes> = (
  { step, completedEventId },
  attributes,
  command,
) => {
  const cause = Cause.WORKFLOW_TASK_FAILED_CAUSE_BAD_RECORD_MARKER_ATTRIBUTES;
  const markerName = attributes.markerName ?? '';
  if (markerName === '') return refuse(cause, 'MarkerName is not set on RecordMarkerCommand.');
  const lengthFault = faultOfLength(step.env.limits.idBytesMax, { field: 'MarkerName', command: 'RecordMarkerCommand', value: markerName });
  if (lengthFault !== undefined) return refuse(cause, lengthFault);
  step.write({
    name: 'markerRecorded',
    attributes: {
      markerName,
      ...(attributes.details ? { details: attributes.details } : {}),
      ...(attributes.header ? { header: attributes.header } : {}),
      ...(attributes.failure ? { failure: attributes.failure } : {}),
      workflowTaskCompletedEventId: toLong(completedEventId),
    },
    ...metadataOf(command),
  });
  return undefined;
};

type UpsertAttributes = temporal.api.command.v1.IUpsertWorkflowSearchAttributesCommandAttributes;

export const upsertSearchAttributes: Handler<UpsertAttributes> = ({ step, completedEventId, faultOfSearchAttributes }, attributes) => {
  const cause = Cause.WORKFLOW_TASK_FAILED_CAUSE_BAD_SEARCH_ATTRIBUTES;
  const given = attributes.searchAttributes;
  if (!given) return refuse(cause, 'SearchAttributes is not set on UpsertWorkflowSearchAttributesCommand.');
  if (Object.keys(given.indexedFields ?? {}).length === 0)
    return refuse(cause, 'IndexedFields is not set on UpsertWorkflowSearchAttributesCommand.');
  const fault = faultOfSearchAttributes(given);
  if (fault !== undefined) return refuse(cause, fault);
  step.write({
    name: 'upsertWorkflowSearchAttributes',
    attributes: { searchAttributes: given, workflowTaskCompletedEventId: toLong(completedEventId) },
  });
  return undefined;
};

type PropertiesAttributes = temporal.api.command.v1.IModifyWorkflowPropertiesCommandAttributes;

export const modifyWorkflowProperties: Handler<PropertiesAttributes> = ({ step, completedEventId }, attributes) => {
  const cause = Cause.WORKFLOW_TASK_FAILED_CAUSE_BAD_MODIFY_WORKFLOW_PROPERTIES_ATTRIBUTES;
  const memo = attributes.upsertedMemo;
  if (!memo) return refuse(cause, 'UpsertedMemo is not set on ModifyWorkflowPropertiesCommand.');
  if (Object.keys(memo.fields ?? {}).length === 0)
    return refuse(cause, 'UpsertedMemo.Fields is not set on ModifyWorkflowPropertiesCommand.');
  const merged = mergePayloads(step.derived.memo, memo.fields ?? {});
  const bytes = api.common.v1.Memo.encode({ fields: merged }).len;
  const { memoBytesMax } = step.env.limits;
  if (bytes > memoBytesMax) return refuse(cause, `the memo would have ${bytes} bytes; the limit is ${memoBytesMax}`);
  step.write({
    name: 'workflowPropertiesModified',
    attributes: { upsertedMemo: memo, workflowTaskCompletedEventId: toLong(completedEventId) },
  });
  return undefined;
};
