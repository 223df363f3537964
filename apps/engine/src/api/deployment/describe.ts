import { api } from '@tidemark/protocol/api';
import { fromTimestamp, toNumber } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import { z } from 'zod';
import type { ApiContext } from '../procedure.ts';
import { deadline, namespaceInput, procedure } from '../procedure.ts';
import type { RoutingRow, SummaryRow } from './read-deployment.ts';
import { toRouting, toSummaries } from './read-deployment.ts';

const { TaskQueueType } = api.enums.v1;
/** So many are looked into: the newest, and those that work goes to or is bound to. */
const LOOKED_INTO_MAX = 25;
const QUEUES_MAX = 20;

export interface VersionRow extends SummaryRow {
  /** Null where it was not looked into. */
  readonly detail: {
    readonly queues: readonly string[];
    /** Workers that polled for it in the last minutes. */
    readonly pollers: number;
    readonly lastPollAt: number | null;
    /** Open runs that are pinned to it. */
    readonly pinned: number;
  } | null;
}

export interface DeploymentDescription extends RoutingRow {
  readonly name: string;
  readonly createdAt: number | null;
  readonly manager: string;
  readonly lastModifier: string;
  /** Sent along with a change, so that it follows what was seen; base64. */
  readonly token: string;
  readonly versions: readonly VersionRow[];
}

type Asking = Pick<ApiContext, 'workflow'> & { readonly namespace: string; readonly name: string };

export const describe = procedure
  .input(namespaceInput.extend({ name: z.string().min(1).max(1000) }))
  .query(async ({ ctx: { workflow }, input: { namespace, name } }): Promise<DeploymentDescription> => {
    const found = await workflow.describeWorkerDeployment({ namespace, deploymentName: name }, deadline());
    const info = found.workerDeploymentInfo ?? {};
    const summaries = toSummaries(info);
    const chosen = new Set(
      summaries
        .toSorted((one, other) => Number(other.status !== 'Drained') - Number(one.status !== 'Drained'))
        .slice(0, LOOKED_INTO_MAX)
        .map(({ build }) => build),
    );
    const asking = { workflow, namespace, name };
    const queuesOf = new Map(await Promise.all([...chosen].map(async (build) => [build, await readQueues(asking, build)] as const)));
    const polls = await readPolls(asking, [...new Set([...queuesOf.values()].flat())].slice(0, QUEUES_MAX));
    const versions = summaries.map(async (summary): Promise<VersionRow> => {
      const queues = queuesOf.get(summary.build);
      if (queues === undefined) return { ...summary, detail: null };
      const own = polls.filter(({ build }) => build === summary.build);
      const lastPollAt = own.length === 0 ? null : Math.max(...own.map(({ at }) => at));
      const pollers = new Set(own.map(({ identity }) => identity)).size;
      return { ...summary, detail: { queues, pollers, lastPollAt, pinned: await countPinned(asking, summary.build) } };
    });
    return {
      name,
      createdAt: fromTimestamp(info.createTime) ?? null,
      ...toRouting(info.routingConfig),
      manager: info.managerIdentity ?? '',
      lastModifier: info.lastModifierIdentity ?? '',
      token: Buffer.from(found.conflictToken).toString('base64'),
      versions: await Promise.all(versions),
    };
  });

async function readQueues({ workflow, namespace, name }: Asking, buildId: string): Promise<readonly string[]> {
  const request = { namespace, deploymentVersion: { deploymentName: name, buildId } };
  const { workerDeploymentVersionInfo: info } = await workflow.describeWorkerDeploymentVersion(request, deadline());
  return [...new Set((info?.taskQueueInfos ?? []).map((queue) => queue.name ?? ''))].sort();
}

interface Poll {
  readonly build: string;
  readonly identity: string;
  readonly at: number;
}

/** Of the deployment's own workers. */
async function readPolls({ workflow, namespace, name }: Asking, queues: readonly string[]): Promise<readonly Poll[]> {
  const kinds = [TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW, TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY];
  const asked = queues.flatMap((queue) =>
    kinds.map((taskQueueType) => workflow.describeTaskQueue({ namespace, taskQueue: { name: queue }, taskQueueType }, deadline())),
  );
  const toPolls = ({ identity, lastAccessTime, deploymentOptions }: temporal.api.taskqueue.v1.IPollerInfo): Poll[] =>
    deploymentOptions?.deploymentName === name
      ? [{ build: deploymentOptions.buildId ?? '', identity: identity ?? '', at: fromTimestamp(lastAccessTime) ?? 0 }]
      : [];
  return (await Promise.all(asked)).flatMap(({ pollers }) => pollers.flatMap(toPolls));
}

async function countPinned({ workflow, namespace, name }: Asking, build: string): Promise<number> {
  const version = `${name}:${build}`.replaceAll('\\', '\\\\').replaceAll("'", "''");
  const query = `TemporalWorkerDeploymentVersion = '${version}' AND TemporalWorkflowVersioningBehavior = 'Pinned' AND CloseTime IS NULL`;
  return toNumber((await workflow.countWorkflowExecutions({ namespace, query }, deadline())).count);
}
