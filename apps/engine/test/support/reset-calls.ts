/** Resets over the wire. */
import { randomUUID } from 'node:crypto';
import type { WorkflowMethods } from '@tidemark/protocol/services';
import { toLong, toNumber } from '@tidemark/protocol/time';
import type { RunName, WholeEngine } from './whole-engine.ts';
import { NAMESPACE, namesOf } from './whole-engine.ts';

type ResetRequest = WorkflowMethods['resetWorkflowExecution']['request'];

/** The run that a reset to this event makes; the event ended a workflow task, or would have. */
export async function reset(
  engine: WholeEngine,
  { workflowId, runId = '' }: RunName,
  { to, ...over }: Partial<ResetRequest> & { readonly to: number },
): Promise<Required<RunName>> {
  const made = await engine.workflow.resetWorkflowExecution({
    namespace: NAMESPACE,
    workflowExecution: { workflowId, runId },
    reason: 'again',
    requestId: randomUUID(),
    workflowTaskFinishEventId: toLong(to),
    ...over,
  });
  return { workflowId, runId: made.runId };
}

/** The id of the nth event of a type, counted from 1; the first one where none is named. */
export async function idOf(engine: WholeEngine, run: RunName, name: string, nth = 1): Promise<number> {
  const events = await engine.history(run);
  const names = namesOf(events);
  const found = events.filter((_event, at) => names[at] === name)[nth - 1];
  if (found === undefined) throw new Error(`no ${name} number ${nth} among ${names.join(', ')}`);
  return toNumber(found.eventId);
}
