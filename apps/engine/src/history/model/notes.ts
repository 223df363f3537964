/** What a transition changes that history does not say. Notes are stored beside the events of their transition and applied in order with them. */
import type { Instant } from '../../kernel/ports.ts';
import type { Draft } from './events.ts';
import type { ActivityProgress, AfterClose, RunState, Sticky, WorkflowTask } from './state.ts';

export type Note =
  | { readonly type: 'workflowTaskSet'; readonly task: WorkflowTask | undefined; readonly nextAttempt: number }
  | { readonly type: 'stickySet'; readonly sticky: Sticky | undefined }
  | { readonly type: 'firstTaskAt'; readonly at: Instant | undefined }
  | { readonly type: 'runExpiresAt'; readonly at: Instant | undefined }
  | { readonly type: 'eventBuffered'; readonly draft: Draft }
  | { readonly type: 'bufferSet'; readonly drafts: readonly Draft[] }
  | { readonly type: 'activityProgress'; readonly scheduledEventId: number; readonly progress: ActivityProgress | undefined }
  | { readonly type: 'startRequestId'; readonly requestId: string }
  | { readonly type: 'requestSeen'; readonly requestId: string }
  | { readonly type: 'cancelRequestId'; readonly requestId: string }
  | { readonly type: 'closeAttempted'; readonly attempted: boolean }
  | { readonly type: 'afterClose'; readonly left: readonly AfterClose[] };

export function applyNote({ derived, volatile }: RunState, note: Note): void {
  switch (note.type) {
    case 'workflowTaskSet':
      volatile.workflowTask = note.task;
      volatile.workflowTaskAttempt = note.nextAttempt;
      return;
    case 'stickySet':
      volatile.sticky = note.sticky;
      return;
    case 'firstTaskAt':
      volatile.firstTaskAt = note.at;
      return;
    case 'runExpiresAt':
      volatile.runExpiresAt = note.at;
      return;
    case 'eventBuffered':
      volatile.buffered = [...volatile.buffered, note.draft];
      return;
    case 'bufferSet':
      volatile.buffered = note.drafts;
      return;
    case 'activityProgress':
      if (note.progress === undefined) volatile.progress.delete(note.scheduledEventId);
      else volatile.progress.set(note.scheduledEventId, note.progress);
      return;
    case 'startRequestId':
      volatile.startRequestId = note.requestId;
      return;
    case 'requestSeen':
      volatile.requestIds.set(note.requestId, derived.nextEventId);
      return;
    case 'cancelRequestId':
      volatile.cancelRequestId = note.requestId;
      return;
    case 'closeAttempted':
      volatile.closeAttempted = note.attempted;
      return;
    case 'afterClose':
      volatile.afterClose = note.left;
      return;
  }
}
