/** Links from an answer to what it is about, which callers keep beside what they asked for. */
import { api } from '@tidemark/protocol/api';
import { toLong } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';

const { EventType } = api.enums.v1;
type Link = temporal.api.common.v1.ILink;

/** The namespace by its name. */
export interface LinkedRun {
  readonly namespace: string;
  readonly workflowId: string;
  readonly runId: string;
}

export const linkToStart = (run: LinkedRun): Link => ({
  workflowEvent: { ...run, eventRef: { eventId: toLong(1), eventType: EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED } },
});

export const linkToRun = (run: LinkedRun): Link => ({ workflow: { ...run } });
