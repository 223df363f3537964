import { api } from '@tidemark/protocol/api';
import { toWireJson } from '../json/to-wire-json.ts';
import type { Json } from '../model/json.ts';
import { deadline, executionInput, procedure } from '../procedure.ts';
import { HEAD_BYTES, WHOLE_BYTES_MAX } from './wire.ts';

/** What the server says of a run, in protobuf's own JSON. */
export const raw = procedure.input(executionInput).query(async ({ ctx, input }): Promise<Json> => {
  const response = await ctx.workflow.describeWorkflowExecution(
    { namespace: input.namespace, execution: { workflowId: input.workflowId, runId: input.runId } },
    deadline(),
  );
  return toWireJson(api.workflowservice.v1.DescribeWorkflowExecutionResponse, response, {
    payloadBytesMax: WHOLE_BYTES_MAX,
    headBytes: HEAD_BYTES,
  });
});
