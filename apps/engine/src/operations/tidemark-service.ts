/** What the protocol has no words for: the inside of open runs, queues somebody polls, what became of batch jobs, saved views. */
import { firstTaskOf } from '../api/model/first-task.ts';
import type { RunInside, UpdateFacts } from '../api/model/run-facts.ts';
import type { TidemarkService } from '../api/model/tidemark-service.ts';
import type { RunState } from '../history/model/state.ts';
import { runId as toRunId, workflowId as toWorkflowId } from '../kernel/ids.ts';
import type { Engine } from './engine.ts';
import { requireNamespace } from './namespaces.ts';
import { AttemptJournals } from './run-attempts.ts';

/** Of what a run has many this much is said. */
const LISTED_MAX = 100;

export function createTidemarkService(engine: Engine): TidemarkService {
  const journals = new AttemptJournals(engine);
  return {
    run: async ({ namespace, workflowId, runId }) => {
      const { id } = await requireNamespace(engine, namespace);
      const workflow = { namespaceId: id, workflowId: toWorkflowId(workflowId) };
      return await engine.history.read({ workflow, runId: toRunId(runId) }, insideOf);
    },
    attempts: async ({ namespace, workflowId, runId }) => {
      const { id } = await requireNamespace(engine, namespace);
      const workflow = { namespaceId: id, workflowId: toWorkflowId(workflowId) };
      const target = { workflow, ...(runId === '' ? {} : { runId: toRunId(runId) }) };
      return await journals.read(await engine.history.read(target, ({ derived }) => derived.key));
    },
    batchNotes: async ({ namespace, jobId }) => {
      const { id } = await requireNamespace(engine, namespace);
      const record = await engine.store.batches.find({ namespaceId: id, jobId });
      return record && { failures: record.failures, ended: record.ended ?? '' };
    },
    workerTrail: async ({ namespace, workerInstanceKey }) =>
      engine.workers.find((await requireNamespace(engine, namespace)).id, workerInstanceKey)?.trail ?? [],
    views: async ({ namespace, owner }) => {
      const { id } = await requireNamespace(engine, namespace);
      const records = await engine.store.views.list({ namespaceId: id, owner });
      return records.map(({ name, search, isDefault, changedAt, changedBy }) => ({ name, search, isDefault, changedAt, changedBy }));
    },
    saveView: async ({ namespace, was, countMax, ...view }) => {
      const { id } = await requireNamespace(engine, namespace);
      const { owner, name, search, isDefault, changedBy } = view;
      const record = { namespaceId: id, owner, name, search, isDefault, changedAt: engine.clock.now(), changedBy };
      return await engine.store.views.save({ record, was, countMax });
    },
    removeView: async ({ namespace, owner, name }) => {
      const { id } = await requireNamespace(engine, namespace);
      await engine.store.views.delete({ namespaceId: id, owner, name });
    },
    polledQueues: async ({ namespace }) => engine.matching.polledQueues((await requireNamespace(engine, namespace)).id),
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
