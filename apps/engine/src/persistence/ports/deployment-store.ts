import type { Deployment, DeploymentChange, DeploymentRecord } from '../../deployments/model/deployment.ts';

export interface DeploymentStore {
  /** All there are; they are bounded, and every task asks them its way. */
  all(): Promise<readonly Deployment[]>;
  /** The deployment and what of its versions changed, together. */
  write(change: DeploymentChange): Promise<void>;
  /** With all its versions. */
  delete(deployment: Pick<DeploymentRecord, 'namespaceId' | 'name'>): Promise<void>;
}
