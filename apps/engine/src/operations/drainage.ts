/** Whether versions that get no new work are still needed by runs that are pinned to them. */
import type { DeploymentKey } from '../deployments/deployments.ts';
import type { Deployment, VersionRecord } from '../deployments/model/deployment.ts';
import { nameOfVersion } from '../kernel/worker-version.ts';
import { countRuns } from '../visibility/count.ts';
import type { Engine, NamespaceCall } from './engine.ts';

interface Watched extends DeploymentKey {
  /** Only this version. */
  readonly buildId?: string | undefined;
}

/** Looks again at the versions of a deployment that drain or have drained, or at one of them, before anybody is told of them. */
export async function watchDrainage(engine: Engine, call: NamespaceCall, { buildId, ...key }: Watched): Promise<void> {
  const found = engine.deployments.find(key);
  for (const version of found?.versions.values() ?? []) {
    if (version.drainage === undefined || (buildId !== undefined && version.buildId !== buildId)) continue;
    const isDrained = !(await isNeeded(engine, call, version));
    if (isDrained !== version.drainage.isDrained)
      await engine.deployments.transact(key, (now) =>
        now === undefined ? 'unchanged' : drained(now, { version, isDrained, at: engine.clock.now() }),
      );
  }
}

async function isNeeded({ store }: Engine, { namespace }: NamespaceCall, version: VersionRecord): Promise<boolean> {
  const name = nameOfVersion(version).replaceAll('\\', '\\\\').replaceAll("'", "''");
  const query = `TemporalWorkerDeploymentVersion = '${name}' AND TemporalWorkflowVersioningBehavior = 'Pinned' AND ExecutionStatus IN ('Running', 'Paused')`;
  const result = await countRuns(store.visibility, { namespace, query });
  return result.kind === 'fault' || result.count > 0;
}

interface Looked {
  readonly version: VersionRecord;
  readonly isDrained: boolean;
  readonly at: number;
}

/** Unless the version has come to another use meanwhile. */
function drained({ record, versions }: Deployment, { version, isDrained, at }: Looked) {
  const known = versions.get(version.buildId);
  if (known?.drainage === undefined || known.drainage.isDrained === isDrained) return 'unchanged';
  return { record, versions: [{ ...known, drainage: { isDrained, changedAt: at, checkedAt: at } }], removed: [] };
}
