/** The answer at the top of a run: why it is not moving, or how it ended. Nothing when nothing is wrong. */
import { formatDuration } from '../lib/duration.ts';
import { firstLine } from '../lib/text.ts';
import type { RunGroups } from './event-groups.ts';
import type { PendingActivity, PendingTask, RunEvent, RunFailure } from './run-event.ts';
import type { Tone } from './status.ts';

/** Text in pieces; the evidence is strong. */
export type Phrase = string | { readonly strong: string };
export type WhyAction =
  | { readonly kind: 'replay' }
  | { readonly kind: 'queue'; readonly queue: string }
  | { readonly kind: 'event'; readonly eventId: number }
  | { readonly kind: 'run'; readonly runId: string };

export interface Why {
  readonly tone: Exclude<Tone, 'wait'>;
  readonly phrases: readonly Phrase[];
  readonly action: WhyAction | undefined;
}

export interface WhyInput {
  readonly status: string;
  readonly queue: string;
  readonly now: number;
  readonly task: PendingTask | null;
  readonly activities: readonly PendingActivity[];
  readonly events: readonly RunEvent[];
  readonly groups: RunGroups;
  /** Workers polling for workflow tasks; undefined while it is not known. */
  readonly pollers: number | undefined;
  readonly formatTime: (ms: number) => string;
}

const b = (strong: string): Phrase => ({ strong });
/** A task that has waited this long while nobody polls is not just unlucky. */
const UNPOLLED_MS = 2_000;

export function whyOf(input: WhyInput): Why | undefined {
  if (input.status !== 'Running' && input.status !== 'Paused') return whyClosed(input);
  return taskFailing(input) ?? unpolled(input) ?? retrying(input);
}

function taskFailing({ task, groups, events, now }: WhyInput): Why | undefined {
  const failed = groups.tasks.findLast((one) => one.status === 'failed' || one.status === 'timedout');
  const last = groups.tasks.at(-1);
  const attempt = task?.attempt ?? 1;
  if (attempt < 2 && (failed === undefined || last === undefined || (last !== failed && last.status === 'completed'))) return undefined;
  if (failed === undefined || (last?.status === 'completed' && attempt < 2)) return undefined;
  const event = events.find((one) => one.id === failed.eventIds.at(-1));
  const isDivergent = failed.cause === 'NonDeterministicError';
  const since = formatDuration(now - failed.scheduledAt);
  const what = failed.status === 'timedout' ? 'timed out on its worker' : isDivergent ? 'does not replay on today’s code' : 'keeps failing';
  return {
    tone: 'taskfail',
    phrases: [
      'Workflow task ',
      b(String(failed.index)),
      ` ${what}`,
      ...(attempt > 1 ? [', ', b(`attempt ${attempt}`)] : []),
      `, for ${since}. `,
      firstLine(taskMessage(failed.failure?.message ?? failed.cause ?? ''), 240),
    ],
    action: isDivergent ? { kind: 'replay' } : event ? { kind: 'event', eventId: event.id } : undefined,
  };
}

/** What SDKs put before the sentence, a code and the number of the task, is said elsewhere. */
function taskMessage(message: string): string {
  const rest = message.replace(/^\[TMPRL\d+\] (Task \d+( \(event \d+\))?: )?/, '');
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}

function unpolled({ task, queue, pollers, now }: WhyInput): Why | undefined {
  if (pollers !== 0 || task === null || task.state === 'Started' || task.scheduledAt === null || now - task.scheduledAt < UNPOLLED_MS)
    return undefined;
  return {
    tone: 'retrying',
    phrases: ['No worker polls ', b(queue), '. The next workflow task has waited ', b(formatDuration(now - task.scheduledAt)), ' for one.'],
    action: { kind: 'queue', queue },
  };
}

function retrying({ activities, now, formatTime, groups }: WhyInput): Why | undefined {
  const worst = activities.filter((one) => one.attempt > 1).sort((x, y) => y.attempt - x.attempt)[0];
  if (worst === undefined) return undefined;
  const failure = worst.failure;
  const isRunning = worst.state === 'Started';
  const failedAttempt = worst.attempt - 1;
  const next: Phrase[] = isRunning
    ? ['. Attempt ', b(String(worst.attempt)), ' is running.']
    : worst.nextAt !== null
      ? worst.nextAt - now < 1_000
        ? ['. The next try is ', b('due now'), '.']
        : ['. Next try in ', b(formatDuration(worst.nextAt - now)), `, at ${formatTime(worst.nextAt)}.`]
      : ['. Waiting for a worker.'];
  const group = groups.groups.find((one) => one.kind === 'activity' && one.key === worst.activityId && one.endedAt === undefined);
  return {
    tone: 'retrying',
    phrases: ['Waiting on ', b(worst.type), `: attempt ${failedAttempt} failed with `, b(failureText(failure)), ...next],
    action: group ? { kind: 'event', eventId: group.id } : undefined,
  };
}

function failureText(failure: RunFailure | null): string {
  if (failure === null) return 'an unknown error';
  return firstLine(failure.message || failure.type, 90);
}

function whyClosed({ status, events }: WhyInput): Why | undefined {
  const last = events.at(-1);
  if (last === undefined) return undefined;
  const action: WhyAction = { kind: 'event', eventId: last.id };
  if (status === 'Failed') {
    const failure = last.failure;
    const root = rootCause(failure);
    return {
      tone: 'failed',
      phrases: [b(root?.type ?? 'Failed'), `: ${firstLine(root?.message || failure?.message || 'no message', 180)}`],
      action,
    };
  }
  if (status === 'TimedOut')
    return { tone: 'timedout', phrases: ['The run reached its ', b('run timeout'), ' before it finished.'], action };
  if (status === 'Terminated') {
    return {
      tone: 'terminated',
      phrases: ['Terminated', ...(last.worker ? [' by ', b(last.worker)] : []), ...(last.cause ? [': ', b(firstLine(last.cause))] : ['.'])],
      action,
    };
  }
  if (status === 'ContinuedAsNew' && last.runId)
    return { tone: 'continued', phrases: ['This run went on as ', b(last.runId), '.'], action: { kind: 'run', runId: last.runId } };
  return undefined;
}

/** The innermost failure: what the author's own code said. */
export function rootCause(failure: RunFailure | undefined): RunFailure | undefined {
  let found = failure;
  while (found?.cause) found = found.cause;
  return found;
}
