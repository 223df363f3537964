import type { WorkflowServiceClient } from '@tidemark/protocol/services';
import { encodePayloads } from '../json/payload.ts';
import { deadline, procedure } from '../procedure.ts';
import type { StartInput } from './start-request.ts';
import { startInput, toStartRequest } from './start-request.ts';
import { UPDATE_MS } from './update.ts';
import type { UpdateAnswer } from './update-request.ts';
import { toUpdateAnswer, toUpdateRequest } from './update-request.ts';

interface Started {
  readonly runId: string;
  readonly isNew: boolean;
  /** Of an update that went with it. */
  readonly update: UpdateAnswer | null;
}

/** Starts a run, alone or in one step with its first signal or update. */
export const start = procedure.input(startInput).mutation(async ({ ctx, input }): Promise<Started> => {
  if (input.first?.kind === 'signal') return await withSignal(ctx.workflow, input, input.first);
  if (input.first?.kind === 'update') return await withUpdate(ctx.workflow, input, input.first);
  const { runId, started } = await ctx.workflow.startWorkflowExecution(toStartRequest(input), deadline());
  return { runId, isNew: started, update: null };
});

type First<Kind> = Extract<NonNullable<StartInput['first']>, { kind: Kind }>;

async function withSignal(workflow: WorkflowServiceClient, input: StartInput, first: First<'signal'>): Promise<Started> {
  const encoded = encodePayloads(first.input);
  const { runId, started } = await workflow.signalWithStartWorkflowExecution(
    { ...toStartRequest(input), signalName: first.name, ...(encoded ? { signalInput: encoded } : {}) },
    deadline(),
  );
  return { runId, isNew: started, update: null };
}

async function withUpdate(workflow: WorkflowServiceClient, input: StartInput, first: First<'update'>): Promise<Started> {
  const { namespace, workflowId, identity } = input;
  const { responses } = await workflow.executeMultiOperation(
    {
      namespace,
      operations: [
        { startWorkflow: toStartRequest(input) },
        { updateWorkflow: toUpdateRequest({ namespace, workflowId, identity, ...first }) },
      ],
    },
    deadline(UPDATE_MS),
  );
  const started = responses?.[0]?.startWorkflow;
  return {
    runId: started?.runId ?? '',
    isNew: started?.started ?? false,
    update: toUpdateAnswer(responses?.[1]?.updateWorkflow ?? {}),
  };
}
