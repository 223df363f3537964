import { fromDuration } from '@tidemark/protocol/time';
import type { Appliers } from './apply-event.ts';

/** Longer timers are cut to this; nobody waits for them to fire. */
const TIMER_MS_MAX = 100 * 365.25 * 24 * 60 * 60_000;

export const timerAppliers: Appliers<'timerStarted' | 'timerFired' | 'timerCanceled'> = {
  timerStarted: (derived, attributes, at) => {
    const timerId = attributes.timerId ?? '';
    const duration = Math.min(fromDuration(attributes.startToFireTimeout) ?? 0, TIMER_MS_MAX);
    derived.timers.set(timerId, { timerId, startedEventId: at.eventId, firesAt: at.time + duration });
  },
  timerFired: (derived, attributes) => {
    derived.timers.delete(attributes.timerId ?? '');
  },
  timerCanceled: (derived, attributes) => {
    derived.timers.delete(attributes.timerId ?? '');
  },
};
