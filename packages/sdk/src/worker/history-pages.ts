import type { WorkflowServiceClient } from '@tidemark/protocol/services';
import type { HistoryEvent } from '../replay/events.ts';

export interface HistoryOf {
  readonly namespace: string;
  readonly workflowId: string;
  readonly runId: string;
}

/** The events behind a page token; with an empty token, the whole history. */
export async function readPages(
  workflow: WorkflowServiceClient,
  of: HistoryOf,
  token: Uint8Array = new Uint8Array(),
): Promise<HistoryEvent[]> {
  const events: HistoryEvent[] = [];
  let nextPageToken = token;
  do {
    const response = await workflow.getWorkflowExecutionHistory({
      namespace: of.namespace,
      execution: { workflowId: of.workflowId, runId: of.runId },
      nextPageToken,
    });
    events.push(...(response.history?.events ?? []));
    nextPageToken = response.nextPageToken ?? new Uint8Array();
  } while (nextPageToken.byteLength > 0);
  return events;
}
