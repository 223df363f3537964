/** The conclusion about a task queue. Nothing when nothing is wrong. */
import { formatDuration } from '../lib/duration.ts';
import { formatCount } from '../lib/number.ts';
import type { Phrase } from './why.ts';

export interface QueueFacts {
  readonly kind: 'workflow' | 'activity';
  readonly pollers: number;
  readonly backlog: number;
  readonly oldestMs: number;
  readonly inPerSecond: number;
  readonly outPerSecond: number;
}

const b = (strong: string): Phrase => ({ strong });
/** A wait that a person notices. */
const SLOW_MS = 10_000;

export function queueAnswer({
  kind,
  pollers,
  backlog,
  oldestMs,
  inPerSecond,
  outPerSecond,
}: QueueFacts): { tone: 'failed' | 'retrying'; phrases: readonly Phrase[] } | undefined {
  const tasks = `${formatCount(backlog)} ${kind} ${backlog === 1 ? 'task' : 'tasks'}`;
  if (pollers === 0 && backlog > 0) {
    return {
      tone: 'failed',
      phrases: [
        'Nobody polls this queue, and ',
        b(tasks),
        backlog === 1 ? ' waits' : ' wait',
        ' here, the oldest for ',
        b(formatDuration(oldestMs)),
        '.',
      ],
    };
  }
  if (backlog === 0 || oldestMs < SLOW_MS) return undefined;
  const growth = inPerSecond - outPerSecond;
  const outlook: readonly Phrase[] =
    growth > 0.05
      ? [' The backlog grows by ', b(`${growth.toFixed(1)} a second`), ' and will not empty.']
      : outPerSecond - inPerSecond > 0.05
        ? [' At these rates it is empty in ', b(formatDuration((backlog / (outPerSecond - inPerSecond)) * 1000)), '.']
        : [];
  return { tone: 'retrying', phrases: [b(tasks), ' wait, the oldest for ', b(formatDuration(oldestMs)), '.', ...outlook] };
}
