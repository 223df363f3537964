/** The answer at the top of a run that nobody runs any more, from its events alone: how it ended, or of what it kept failing. */
import { formatDuration } from '../lib/duration.ts';
import { firstLine } from '../lib/text.ts';
import type { RunGroups } from './event-groups.ts';
import type { RunEvent, RunFailure } from './run-event.ts';
import type { Tone } from './status.ts';
import { isOpen } from './status.ts';

/** Text in pieces; the evidence is strong. */
export type Phrase = string | { readonly strong: string };
export type WhyAction = { readonly kind: 'event'; readonly eventId: number } | { readonly kind: 'run'; readonly runId: string };

export interface Why {
  readonly tone: Exclude<Tone, 'wait'>;
  readonly phrases: readonly Phrase[];
  readonly action: WhyAction | undefined;
}

export interface WhyInput {
  readonly status: string;
  readonly now: number;
  readonly events: readonly RunEvent[];
  readonly groups: RunGroups;
}

const b = (strong: string): Phrase => ({ strong });

export function whyOf(input: WhyInput): Why | undefined {
  return isOpen(input.status) ? taskFailing(input) : whyClosed(input);
}

function taskFailing({ groups, events, now }: WhyInput): Why | undefined {
  const failed = groups.tasks.findLast((one) => one.status === 'failed' || one.status === 'timedout');
  const last = groups.tasks.at(-1);
  if (failed === undefined || last?.status === 'completed') return undefined;
  const event = events.find((one) => one.id === failed.eventIds.at(-1));
  const isDivergent = failed.cause === 'NonDeterministicError';
  const what = failed.status === 'timedout' ? 'timed out on its worker' : isDivergent ? 'does not replay on today’s code' : 'keeps failing';
  return {
    tone: 'taskfail',
    phrases: [
      'Workflow task ',
      b(String(failed.index)),
      ` ${what}, for ${formatDuration(now - failed.scheduledAt)}. `,
      firstLine(taskMessage(failed.failure?.message ?? failed.cause ?? ''), 240),
    ],
    action: event ? { kind: 'event', eventId: event.id } : undefined,
  };
}

/** What SDKs put before the sentence, a code and the number of the task, is said elsewhere. */
function taskMessage(message: string): string {
  const rest = message.replace(/^\[TMPRL\d+\] (Task \d+( \(event \d+\))?: )?/, '');
  return rest.charAt(0).toUpperCase() + rest.slice(1);
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
