import type { Deployment } from '../../deployments/model/deployment.ts';
import { afterChange, newDeployment } from '../../deployments/model/deployment.ts';
import type { DeploymentStore } from '../ports/deployment-store.ts';

export function memoryDeploymentStore(): DeploymentStore {
  const all = new Map<string, Deployment>();
  const keyOf = ({ namespaceId, name }: { readonly namespaceId: string; readonly name: string }): string => `${namespaceId}/${name}`;
  return {
    all: () => Promise.resolve([...all.values()]),
    write: (change) => {
      const { record } = change;
      all.set(keyOf(record), afterChange(all.get(keyOf(record)) ?? newDeployment(record, record.createdAt), change));
      return Promise.resolve();
    },
    delete: (deployment) => {
      all.delete(keyOf(deployment));
      return Promise.resolve();
    },
  };
}
