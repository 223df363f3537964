/** Where a run can be reset to, in the words of people, and what a reset would drop and do again. From its history alone. */
import type { Group, RunGroups, WorkflowTask } from './event-groups.ts';
import type { RunEvent } from './run-event.ts';

export interface ResetChoice {
  /** As addresses carry it: `first`, `last`, `failure`, `build:7f3c`, `step:12`, `task:9`. */
  readonly key: string;
  readonly label: string;
  readonly note: string;
  /** The event that ended the workflow task which is done again. */
  readonly finishId: number;
}

/** As the server tells it of the builds that a run has met. */
export interface BuildPoint {
  readonly build: string;
  readonly runId: string;
  readonly taskCompletedId: number;
  readonly isResettable: boolean;
}

export interface ResetSubject {
  readonly events: readonly RunEvent[];
  readonly groups: RunGroups;
  readonly runId: string;
  readonly builds: readonly BuildPoint[];
}

const BUILDS_MAX = 6;
export const STEPS_MAX = 200;
const STEP_KINDS: ReadonlySet<Group['kind']> = new Set<Group['kind']>(['activity', 'child', 'timer', 'nexus', 'local']);
/** What a reset itself leaves behind is no failure. */
const BY_RESET = 'ResetWorkflow';

const endOf = (task: WorkflowTask): number | undefined => (task.status === 'open' ? undefined : task.eventIds.at(-1));

/** The choices that this run has, the likeliest first. Steps of the workflow come by themselves: `stepChoices`. */
export function resetChoices(subject: ResetSubject): ResetChoice[] {
  const completed = subject.groups.tasks.filter((task) => task.status === 'completed');
  const first = completed[0];
  const last = completed.at(-1);
  return [
    ...failureChoice(subject),
    ...pointOf(last, { key: 'last', label: 'From the last workflow task', note: 'its newest decision is made again' }),
    ...pointOf(first, { key: 'first', label: 'From the first workflow task', note: 'everything is done again, with the same input' }),
    ...buildChoices(subject),
  ];
}

function pointOf(task: WorkflowTask | undefined, words: Omit<ResetChoice, 'finishId'>): ResetChoice[] {
  const finishId = task === undefined ? undefined : endOf(task);
  return finishId === undefined ? [] : [{ ...words, finishId }];
}

function failureChoice({ groups }: ResetSubject): ResetChoice[] {
  const task = groups.tasks.findLast((one) => one.status !== 'open' && one.cause !== BY_RESET);
  if (task !== undefined && task.status !== 'completed')
    return pointOf(task, {
      key: 'failure',
      label: 'From this failure',
      note: `workflow task ${task.index} ${taskEnd(task)}; it is tried again`,
    });
  const failed = groups.groups.findLast((group) => STEP_KINDS.has(group.kind) && isFailed(group) && group.taskId !== undefined);
  if (failed?.taskId === undefined) return [];
  return [
    { key: 'failure', label: 'From this failure', note: `before ${failed.name}, which failed, was started`, finishId: failed.taskId },
  ];
}

const taskEnd = (task: WorkflowTask): string => (task.status === 'timedout' ? 'timed out' : 'failed');
const isFailed = ({ status }: Group): boolean => status === 'failed' || status === 'timedout';

function buildChoices({ builds, runId }: ResetSubject): ResetChoice[] {
  return builds
    .filter((point) => point.runId === runId && point.build !== '' && point.isResettable)
    .slice(-BUILDS_MAX)
    .reverse()
    .map(({ build, taskCompletedId }) => ({
      key: `build:${build}`,
      label: `Before build ${build} first touched it`,
      note: 'what this build decided is decided again',
      finishId: taskCompletedId,
    }));
}

/** Before one step, the newest first and at most `STEPS_MAX`. */
export const stepChoices = ({ groups }: ResetSubject): ResetChoice[] =>
  groups.groups
    .filter((group) => STEP_KINDS.has(group.kind) && group.taskId !== undefined)
    .slice(-STEPS_MAX)
    .reverse()
    .map(stepChoice);

const stepChoice = (group: Group): ResetChoice => ({
  key: `step:${group.id}`,
  label: `${group.name} #${group.id}`,
  note: `before ${group.name} was started`,
  finishId: group.taskId ?? 0,
});

/** What an address asks for; undefined when this run has no such point. */
export function resetChoiceOf(key: string, subject: ResetSubject): ResetChoice | undefined {
  const [kind, id] = key.split(':', 2);
  const eventId = Number(id);
  if (kind === 'step') {
    const group = subject.groups.byEvent.get(eventId);
    return group?.taskId === undefined ? undefined : stepChoice(group);
  }
  if (kind === 'task') {
    const task = subject.groups.taskByEvent.get(eventId);
    return task && pointOf(task, { key, label: `From workflow task ${task.index}`, note: 'this task is done again' })[0];
  }
  return resetChoices(subject).find((choice) => choice.key === key);
}

export interface ResetPlan {
  readonly finishId: number;
  readonly kept: number;
  readonly dropped: number;
  /** Steps whose start is dropped: they happen again where the workflow asks for them again. */
  readonly again: readonly Group[];
  /** Activities that stay started, and whose result is not there yet at the point: they begin again at attempt 1. */
  readonly restarted: readonly Group[];
  readonly signals: readonly string[];
  /** Names, or ids where history does not name them. */
  readonly updates: readonly string[];
  /** Children that the new run knows, and waits for. */
  readonly childrenKept: readonly Group[];
  /** Open children that it does not know; nobody ends them. */
  readonly childrenLeft: readonly Group[];
  readonly isCancelDropped: boolean;
  /** Runs that continue this one may hold further messages, which are given to the new run as well. */
  readonly isContinued: boolean;
}

export function planReset(finishId: number, { events, groups }: Pick<ResetSubject, 'events' | 'groups'>): ResetPlan {
  const later = events.slice(finishId - 1);
  const steps = groups.groups.filter((group) => STEP_KINDS.has(group.kind));
  const isOpenAtPoint = (group: Group) => group.id < finishId && !isOver(group, finishId);
  const children = steps.filter((group) => group.kind === 'child');
  return {
    finishId,
    kept: finishId - 1,
    dropped: later.length,
    again: steps.filter((group) => group.id >= finishId),
    restarted: steps.filter((group) => group.kind === 'activity' && isOpenAtPoint(group)),
    signals: later.flatMap((event) => (event.type === 'WorkflowExecutionSignaled' ? [event.name ?? 'signal'] : [])),
    updates: later.flatMap(updateOf),
    childrenKept: children.filter(isOpenAtPoint),
    childrenLeft: children.filter((group) => group.id >= finishId && (group.endedAt === undefined || group.status === 'abandoned')),
    isCancelDropped: later.some((event) => event.type === 'WorkflowExecutionCancelRequested'),
    isContinued: events.at(-1)?.type === 'WorkflowExecutionContinuedAsNew',
  };
}

/** What closed it is part of the past that is kept. A run that ended closed nothing. */
function isOver(group: Group, finishId: number): boolean {
  const lastId = group.eventIds.at(-1) ?? group.id;
  return group.endedAt !== undefined && group.status !== 'abandoned' && lastId < finishId;
}

/** An update that was admitted by an event of its own is accepted without its request; only one of the two counts. */
function updateOf(event: RunEvent): string[] {
  if (event.type === 'WorkflowExecutionUpdateAdmitted') return [event.name ?? event.key ?? 'update'];
  return event.type === 'WorkflowExecutionUpdateAccepted' && event.name !== undefined ? [event.name] : [];
}

/** `reserveItem ×6, chargeCard`, the first ones by name. */
export function namesOf(names: readonly string[], most = 6): string {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  const all = [...counts].map(([name, count]) => (count === 1 ? name : `${name} ×${count}`));
  return all.length <= most ? all.join(', ') : `${all.slice(0, most).join(', ')} and ${all.length - most} more`;
}
