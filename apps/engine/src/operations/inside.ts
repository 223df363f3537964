/** What only the engine knows of an open run, in the words of a diagnosis. */
import { firstTaskOf } from '../api/model/first-task.ts';
import type { Inside, RunInside, UpdateFacts } from '../api/model/run-facts.ts';
import type { RunState } from '../history/model/state.ts';
import { runId as toRunId, workflowId as toWorkflowId } from '../kernel/ids.ts';
import type { Engine } from './engine.ts';
import { requireNamespace } from './namespaces.ts';

/** Of what a run has many this much is said. */
const LISTED_MAX = 100;

/** For callers that were let in to a run's description. Its methods throw EngineError when there is no such run or namespace. */
export function createInside(engine: Engine): Inside {
  return {
    run: async ({ namespace, workflowId, runId }) => {
      const { id } = await requireNamespace(engine, namespace);
      const workflow = { namespaceId: id, workflowId: toWorkflowId(workflowId) };
      return await engine.history.read({ workflow, runId: toRunId(runId) }, insideOf);
    },
    polledQueues: async (namespace) => engine.matching.polledQueues((await requireNamespace(engine, namespace)).id),
  };
}

function insideOf({ derived, volatile }: RunState): RunInside {
  const task = volatile.workflowTask;
  const sticky = task === undefined || task.startedEventId > 0 ? undefined : task.sticky;
  return {
    timers: first([...derived.timers.values()].sort((one, other) => one.firesAt - other.firesAt)).map(
      ({ timerId, startedEventId, firesAt }) => ({ id: timerId, label: '', eventId: startedEventId, firesAt }),
    ),
    externals: first([...derived.externals.values()]).map(({ kind, initiatedEventId, attributes }) => ({
      kind,
      eventId: initiatedEventId,
      workflowId: attributes.workflowExecution?.workflowId ?? '',
      name: 'signalName' in attributes ? (attributes.signalName ?? '') : '',
    })),
    updates: first([...admittedUpdates(volatile), ...acceptedUpdates(derived)]),
    buffered: volatile.buffered.length,
    firstTask: volatile.firstTaskAt === undefined ? undefined : firstTaskOf(derived.start, volatile.firstTaskAt),
    taskWorker: task?.identity ?? '',
    sticky:
      task === undefined || sticky === undefined
        ? undefined
        : { queue: sticky.taskQueue, until: task.scheduledAt + sticky.scheduleToStart },
    isPartial: false,
  };
}

const first = <Item>(items: readonly Item[]): readonly Item[] => items.slice(0, LISTED_MAX);

function* admittedUpdates({ admitted }: RunState['volatile']): Iterable<UpdateFacts> {
  for (const [id, { request }] of admitted.entries()) yield { id, name: request.input?.name ?? '', stage: 'admitted', eventId: 0 };
}

function* acceptedUpdates({ updates }: RunState['derived']): Iterable<UpdateFacts> {
  for (const [id, { acceptedEventId, completedEventId }] of updates.entries()) {
    if (acceptedEventId > 0 && completedEventId === 0) yield { id, name: '', stage: 'accepted', eventId: acceptedEventId };
  }
}
