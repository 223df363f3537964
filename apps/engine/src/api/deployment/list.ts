import { fromTimestamp } from '@tidemark/protocol/time';
import { deadline, namespaceInput, procedure } from '../procedure.ts';
import type { RoutingRow, SummaryRow } from './read-deployment.ts';
import { hasNoDeployments, toRouting, toSummaries } from './read-deployment.ts';

const PAGE = 100;

export interface DeploymentRow extends RoutingRow {
  readonly name: string;
  readonly createdAt: number | null;
  readonly versions: readonly SummaryRow[];
}

export interface DeploymentList {
  readonly isSupported: boolean;
  readonly deployments: readonly DeploymentRow[];
}

export const list = procedure.input(namespaceInput).query(async ({ ctx: { workflow }, input: { namespace } }): Promise<DeploymentList> => {
  try {
    const { workerDeployments } = await workflow.listWorkerDeployments({ namespace, pageSize: PAGE }, deadline());
    const deployments = workerDeployments.map(async ({ name, createTime, routingConfig }): Promise<DeploymentRow> => {
      const deploymentName = name ?? '';
      const { workerDeploymentInfo } = await workflow.describeWorkerDeployment({ namespace, deploymentName }, deadline());
      const versions = toSummaries(workerDeploymentInfo ?? {});
      return { name: deploymentName, createdAt: fromTimestamp(createTime) ?? null, ...toRouting(routingConfig), versions };
    });
    return { isSupported: true, deployments: await Promise.all(deployments) };
  } catch (error) {
    if (hasNoDeployments(error)) return { isSupported: false, deployments: [] };
    throw error;
  }
});
