/** The state of a run at one of its events, as what a page lists: what is open, and facts by section. */
import { toNumber } from '@tidemark/protocol/time';
import { formatBytes, formatCount, plural } from '../lib/number.ts';
import type { GroupKind } from './event-groups.ts';
import { fromPayload } from './payload-json.ts';
import type { RunPoint } from './run-point.ts';
import { runLook } from './status.ts';

export interface OpenThing {
  readonly key: string;
  /** The event that opened it. */
  readonly id: number;
  readonly kind: GroupKind | 'task';
  readonly name: string;
  /** Where it stands. Its age follows from the time of its event. */
  readonly phase: string;
  /** When it fires by itself, in milliseconds since the epoch. */
  readonly dueAt?: number;
}

export const SECTIONS = ['Run', 'Workflow task', 'Search attributes', 'Memo', 'Inbox', 'Versioning and size'] as const;
export type Section = (typeof SECTIONS)[number];

export interface StateFact {
  readonly section: Section;
  readonly name: string;
  readonly text: string;
  /** JSON is inked as code; words are not. */
  readonly isJson: boolean;
  /** The event that says so last. */
  readonly eventId?: number;
}

export interface StateView {
  readonly at: number;
  readonly status: string;
  readonly open: readonly OpenThing[];
  readonly facts: readonly StateFact[];
  readonly notes: readonly string[];
}

const STATUSES = ['Unknown', 'Running', 'Completed', 'Failed', 'Canceled', 'Terminated', 'ContinuedAsNew', 'TimedOut', 'Paused'];

export function stateView(point: RunPoint): StateView {
  const { derived, beside } = point;
  // A run that is over waits for nothing, though its history closes none of what was open.
  const isClosed = derived.closedAt !== undefined;
  return {
    at: derived.nextEventId - 1,
    status: statusOf(point),
    open: [...openThings(point)].sort((a, b) => a.id - b.id).map((thing) => (isClosed ? { ...thing, phase: 'left open' } : thing)),
    facts: [...runFacts(point), ...taskFacts(point), ...attributeFacts(point), ...inboxFacts(point), ...versionFacts(point)],
    notes: beside.notes,
  };
}

function* openThings({ derived, beside }: RunPoint): Iterable<OpenThing> {
  for (const { scheduledEventId: id, attributes, cancelRequestedEventId } of derived.activities.values()) {
    const attempt = beside.attempts.get(id);
    const taken = attempt === undefined ? 'scheduled' : `attempt ${attempt.attempt}${by(attempt.worker)}`;
    const phase = cancelRequestedEventId > 0 ? `${taken}, cancel requested` : taken;
    yield { key: `a${id}`, id, kind: 'activity', name: attributes.activityType?.name ?? 'activity', phase };
  }
  for (const { timerId, startedEventId: id, firesAt } of derived.timers.values())
    yield { key: `t${id}`, id, kind: 'timer', name: timerId, phase: 'not fired', dueAt: firesAt };
  for (const { initiatedEventId: id, attributes, startedEventId } of derived.children.values()) {
    const name = attributes.workflowType?.name || attributes.workflowId || 'child';
    yield { key: `c${id}`, id, kind: 'child', name, phase: startedEventId > 0 ? 'started' : 'initiated, not started yet' };
  }
  for (const external of derived.externals.values()) {
    const to = external.attributes.workflowExecution?.workflowId ?? 'another workflow';
    const isSignal = external.kind === 'signal';
    const name = isSignal ? external.attributes.signalName || 'signal' : 'cancel request';
    const id = external.initiatedEventId;
    yield { key: `x${id}`, id, kind: 'external', name, phase: `on its way to ${to}` };
  }
  for (const [updateId, { acceptedEventId, completedEventId }] of derived.updates.entries()) {
    if (completedEventId > 0) continue;
    const phase = acceptedEventId > 0 ? 'accepted, not completed' : 'admitted, waits for a worker';
    yield { key: `u${updateId}`, id: acceptedEventId, kind: 'update', name: beside.updateNames.get(updateId) ?? updateId, phase };
  }
  for (const { id, name, isStarted } of beside.operations.values())
    yield { key: `n${id}`, id, kind: 'nexus', name, phase: isStarted ? 'started' : 'scheduled' };
}

function statusOf({ derived, beside }: RunPoint): string {
  const status = STATUSES[derived.status] ?? 'Unknown';
  return status === 'Running' && beside.isPaused ? 'Paused' : status;
}

const by = (worker: string | undefined): string => (worker ? ` on ${worker}` : '');

const wordsOf =
  (section: Section) =>
  (name: string, text: string, eventId?: number): StateFact => ({
    section,
    name,
    text,
    isJson: false,
    ...(eventId ? { eventId } : {}),
  });

const ofRun = wordsOf('Run');
function runFacts(point: RunPoint): StateFact[] {
  const { derived } = point;
  const facts = [ofRun('status', derived.status === 0 ? 'not begun' : runLook(statusOf(point)).word)];
  const { attempt } = derived.start;
  if ((toNumber(attempt) || 1) > 1) facts.push(ofRun('attempt', formatCount(toNumber(attempt))));
  facts.push(ofRun('cancel requested', derived.cancelRequestedEventId > 0 ? 'yes' : 'no', derived.cancelRequestedEventId || undefined));
  if (derived.followedBy !== '') facts.push(ofRun('goes on as run', derived.followedBy));
  return facts;
}

const ofTask = wordsOf('Workflow task');
function taskFacts({ derived, beside }: RunPoint): StateFact[] {
  const { task, failedTasks } = beside;
  const facts: StateFact[] = [];
  if (task === undefined) facts.push(ofTask('current', 'none'));
  else
    facts.push(
      ofTask(
        'current',
        task.startedId === undefined ? 'scheduled, waits for a worker' : `started${by(task.worker)}`,
        task.startedId ?? task.scheduledId,
      ),
    );
  if (task !== undefined && task.attempt > 1) facts.push(ofTask('attempt', String(task.attempt)));
  facts.push(ofTask('completed', formatCount(derived.workflowTasksCompleted)));
  if (failedTasks > 0) facts.push(ofTask('failed in a row', formatCount(failedTasks)));
  return facts;
}

function attributeFacts({ derived }: RunPoint): StateFact[] {
  const named = (section: Section, fields: typeof derived.memo): StateFact[] =>
    Object.entries(fields)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, payload]) => ({ section, name, text: JSON.stringify(fromPayload(payload)), isJson: true }));
  return [...named('Search attributes', derived.searchAttributes), ...named('Memo', derived.memo)];
}

const ofInbox = wordsOf('Inbox');
function inboxFacts({ derived, beside }: RunPoint): StateFact[] {
  const { waitingSignals, lastSignal } = beside;
  const waiting = waitingSignals.length === 0 ? 'none' : namesOf(waitingSignals.map((one) => one.name));
  const facts = [
    ofInbox('signals received', formatCount(derived.signalCount)),
    ofInbox('not seen by code', waiting, waitingSignals[0]?.id),
    ofInbox('updates open', formatCount(derived.updatesUnderWay)),
  ];
  if (lastSignal !== undefined) facts.splice(1, 0, ofInbox('last signal', lastSignal.name, lastSignal.id));
  return facts;
}

const NAMES_MAX = 3;
function namesOf(names: readonly string[]): string {
  const shown = names.slice(0, NAMES_MAX).join(', ');
  return names.length > NAMES_MAX ? `${shown} and ${formatCount(names.length - NAMES_MAX)} more` : shown;
}

const ofVersion = wordsOf('Versioning and size');
function versionFacts({ derived, beside }: RunPoint): StateFact[] {
  const { patches, build, worker, markers, saidBytes, suggestedBy } = beside;
  const facts = [
    ofVersion('patches', patches.size === 0 ? 'none' : [...patches.keys()].join(', '), [...patches.values()].at(-1)),
    ofVersion('build', build ?? 'not said'),
    ofVersion('worker', worker ?? 'none yet'),
    ofVersion('history length', plural(derived.nextEventId - 1, 'event')),
    ofVersion('history size', saidBytes ? formatBytes(saidBytes.bytes) : 'not said', saidBytes?.eventId),
    ofVersion('continue-as-new', suggestedBy === undefined ? 'not suggested' : 'suggested', suggestedBy),
  ];
  if (markers > 0) facts.push(ofVersion('markers', formatCount(markers)));
  return facts;
}
