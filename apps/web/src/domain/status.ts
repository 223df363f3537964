/** What a status looks like and allows: one table, from which every page takes its word, tone and glyph. */
import { keysOf } from '../lib/keys-of.ts';

export type Tone =
  | 'running'
  | 'completed'
  | 'failed'
  | 'timedout'
  | 'retrying'
  | 'canceled'
  | 'terminated'
  | 'continued'
  | 'paused'
  | 'scheduled'
  | 'taskfail'
  | 'wait';

export interface StatusLook {
  readonly tone: Tone;
  readonly glyph: Exclude<Tone, 'wait'>;
  readonly word: string;
  /** Calm states colour the glyph only; the others ask for somebody. */
  readonly isCalm: boolean;
}

const RUN = {
  Running: { tone: 'running', glyph: 'running', word: 'Running', isCalm: true },
  Completed: { tone: 'completed', glyph: 'completed', word: 'Completed', isCalm: true },
  Failed: { tone: 'failed', glyph: 'failed', word: 'Failed', isCalm: false },
  TimedOut: { tone: 'timedout', glyph: 'timedout', word: 'Timed out', isCalm: false },
  Canceled: { tone: 'canceled', glyph: 'canceled', word: 'Canceled', isCalm: true },
  Terminated: { tone: 'terminated', glyph: 'terminated', word: 'Terminated', isCalm: false },
  ContinuedAsNew: { tone: 'continued', glyph: 'continued', word: 'Continued', isCalm: true },
  Paused: { tone: 'paused', glyph: 'paused', word: 'Paused', isCalm: false },
} as const satisfies Record<string, StatusLook>;

export type RunStatus = keyof typeof RUN;
export const RUN_STATUSES = keysOf(RUN);
const UNKNOWN: StatusLook = { tone: 'scheduled', glyph: 'scheduled', word: 'Unknown', isCalm: true };

export const isRunStatus = (status: string): status is RunStatus => Object.hasOwn(RUN, status);
export const runLook = (status: string): StatusLook => (isRunStatus(status) ? RUN[status] : UNKNOWN);
/** Of an open run, with what it waits for: trying again and failing tasks are states of their own to whoever reads a list. */
export function openLook(status: string, waitsFor: string | undefined): StatusLook {
  if (status !== 'Running') return runLook(status);
  if (waitsFor === 'activity-backoff') return { tone: 'retrying', glyph: 'retrying', word: 'Retrying', isCalm: false };
  if (waitsFor === 'task-failing') return { tone: 'taskfail', glyph: 'taskfail', word: 'Task failing', isCalm: false };
  return RUN.Running;
}
/** For the address of a list. Servers that know no pause refuse the word, and have no run of it. */
export const openStatuses = (counts: Readonly<Record<string, number>> = {}): string => (counts['Paused'] ? 'Running,Paused' : 'Running');
export const isOpen = (status: string): boolean => status === 'Running' || status === 'Paused';

/** The state of one operation inside a run. */
export type GroupStatus =
  | 'scheduled'
  | 'running'
  | 'completed'
  | 'failed'
  | 'timedout'
  | 'canceled'
  | 'terminated'
  | 'retrying'
  | 'continued'
  | 'paused'
  | 'received'
  | 'abandoned'
  /** What became of it stands in a part of the history that is not here yet. */
  | 'unread';

const GROUP: Readonly<Record<GroupStatus, StatusLook>> = {
  scheduled: { tone: 'scheduled', glyph: 'scheduled', word: 'Waiting', isCalm: true },
  running: { tone: 'running', glyph: 'running', word: 'Running', isCalm: true },
  completed: { tone: 'completed', glyph: 'completed', word: 'Completed', isCalm: true },
  failed: { tone: 'failed', glyph: 'failed', word: 'Failed', isCalm: false },
  timedout: { tone: 'timedout', glyph: 'timedout', word: 'Timed out', isCalm: false },
  canceled: { tone: 'canceled', glyph: 'canceled', word: 'Canceled', isCalm: true },
  terminated: { tone: 'terminated', glyph: 'terminated', word: 'Terminated', isCalm: false },
  retrying: { tone: 'retrying', glyph: 'retrying', word: 'Retrying', isCalm: false },
  continued: { tone: 'continued', glyph: 'continued', word: 'Continued', isCalm: true },
  paused: { tone: 'paused', glyph: 'paused', word: 'Paused', isCalm: false },
  abandoned: { tone: 'canceled', glyph: 'canceled', word: 'Left open', isCalm: true },
  received: { tone: 'wait', glyph: 'completed', word: 'Received', isCalm: true },
  unread: { tone: 'scheduled', glyph: 'scheduled', word: 'Its end is not read yet', isCalm: true },
};
export const GROUP_STATUSES = keysOf(GROUP);
export const groupLook = (status: GroupStatus): StatusLook => GROUP[status];
