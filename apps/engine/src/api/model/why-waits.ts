/** What the workflow's own code waits for: timers, children, other workflows, updates, and messages. */
import type { Finding } from './finding.ts';
import { strong } from './finding.ts';
import type { ChildFacts, ExternalFacts, RunFacts, TimerFacts } from './run-facts.ts';

/** Another workflow answers in milliseconds. */
const UNANSWERED_MS = 2_000;

export function* whyWaits(facts: RunFacts): Iterable<Finding> {
  const { inside, children } = facts;
  for (const external of inside.externals) yield toExternal(external);
  for (const child of children) yield waitsForChild(facts, child);
  for (const { id, name, stage, eventId } of inside.updates) if (stage === 'accepted') yield accepted(id, name, eventId);
  // The soonest is what happens next; the others are in the run's timeline.
  const next = inside.timers.toSorted((one, other) => one.firesAt - other.firesAt);
  for (const [at, one] of next.slice(0, 5).entries()) yield waitsForTimer(one, at === 0 ? next.length - 1 : 0);
  if (isIdle(facts)) yield waitsForMessage(facts);
}

function toExternal({ kind, eventId, workflowId, name }: ExternalFacts): Finding {
  const isSignal = kind === 'signal';
  return {
    code: isSignal ? 'external-signal' : 'external-cancel',
    severity: 'waiting',
    sentence: [
      isSignal ? 'The signal ' : 'A request to cancel',
      ...(isSignal ? [strong(name)] : []),
      ' is on its way to ',
      strong(workflowId),
      ' and has not been answered yet.',
    ],
    short: [isSignal ? `signal ${name} to ${workflowId}` : `cancel of ${workflowId}`],
    evidence: [
      { name: 'To', value: [workflowId] },
      { name: 'Event', value: [String(eventId)] },
    ],
    actions: [{ kind: 'event', eventId }],
    since: undefined,
  };
}

function waitsForChild({ now, startedAt }: RunFacts, { workflowId, runId, type, eventId, finding }: ChildFacts): Finding {
  const evidence = [
    { name: 'Child', value: [workflowId] },
    { name: 'Type', value: [type] },
  ];
  if (runId === '') {
    return {
      code: 'child-starting',
      severity: now - startedAt > UNANSWERED_MS ? 'slow' : 'waiting',
      sentence: ['The child ', strong(workflowId), ' has not started yet.'],
      short: [`child ${workflowId}, starting`],
      evidence,
      actions: [{ kind: 'event', eventId }],
      since: undefined,
    };
  }
  return {
    code: 'child',
    // A child that is stuck holds its parent up just as long.
    severity: finding?.severity ?? 'waiting',
    sentence: [
      'Waiting for the child ',
      strong(type || workflowId),
      ...(finding === undefined ? ['.'] : [', where: ', ...finding.sentence]),
    ],
    short: [`child ${type || workflowId}`, ...(finding === undefined ? [] : [': ', ...finding.short])],
    evidence: [...evidence, ...(finding?.evidence ?? [])],
    actions: [{ kind: 'run', workflowId, runId }],
    since: finding?.since,
  };
}

function accepted(id: string, name: string, eventId: number): Finding {
  return {
    code: 'update-accepted',
    severity: 'waiting',
    sentence: ['The update ', strong(name || id), ' is accepted; its handler has not finished.'],
    short: [`update ${name || id}`],
    evidence: [
      { name: 'Update', value: [id] },
      { name: 'Stage', value: ['accepted'] },
    ],
    actions: eventId > 0 ? [{ kind: 'event', eventId }] : [],
    since: undefined,
  };
}

/** SDKs number their timers; such a number tells nobody anything. */
const NUMBER = /^\d+$/;

function waitsForTimer({ id, label, eventId, firesAt }: TimerFacts, others: number): Finding {
  const name = label || (NUMBER.test(id) ? '' : id);
  const more = others === 0 ? '.' : `. ${others} more ${others === 1 ? 'timer fires' : 'timers fire'} later.`;
  return {
    code: 'timer',
    severity: 'waiting',
    sentence: [
      'Waiting for ',
      ...(name === '' ? [strong('a timer')] : ['the timer ', strong(name)]),
      ', which fires in ',
      { until: firesAt },
      ', at ',
      { at: firesAt },
      more,
    ],
    short: [name === '' ? 'a timer, in ' : `timer ${name}, in `, { until: firesAt }],
    evidence: [
      { name: 'Timer', value: [label && label !== id ? `${id}, ${label}` : id] },
      { name: 'Fires', value: [{ at: firesAt }] },
    ],
    actions: [{ kind: 'event', eventId }],
    since: undefined,
  };
}

function isIdle({ task, activities, children, pause, inside }: RunFacts): boolean {
  const isBusy = task !== undefined || pause !== undefined || inside.firstTask !== undefined;
  const { timers, externals, updates } = inside;
  return !isBusy && [activities, children, timers, externals, updates].every(({ length }) => length === 0);
}

function waitsForMessage({ inside: { isPartial }, startedAt }: RunFacts): Finding {
  return {
    code: 'message',
    severity: 'waiting',
    sentence: [
      isPartial ? 'No activity or child is pending' : 'Nothing is pending',
      ': it waits for ',
      strong('a signal, an update'),
      ' or a condition of its own',
      isPartial ? ', or for a timer that it started long ago.' : '.',
    ],
    short: ['a signal or an update'],
    evidence: [
      { name: 'Pending', value: ['no task, activity, timer or child'] },
      { name: 'Running since', value: [{ at: startedAt }] },
    ],
    actions: [{ kind: 'signal' }],
    since: undefined,
  };
}
