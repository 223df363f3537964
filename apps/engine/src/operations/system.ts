/** What the server is and can do. Only what holds is said: clients act on it. */
import type { WorkflowMethods } from '@tidemark/protocol/services';
import type { Engine } from './engine.ts';

type Response<Method extends keyof WorkflowMethods> = Partial<WorkflowMethods[Method]['response']>;

/** Clients compare versions with those of the server whose protocol this is. */
const PROTOCOL_VERSION = '1.31.2';

export const getSystemInfo = (): Response<'getSystemInfo'> => ({
  serverVersion: PROTOCOL_VERSION,
  capabilities: {
    signalAndQueryHeader: true,
    internalErrorDifferentiation: true,
    activityFailureIncludeHeartbeat: true,
    supportsSchedules: true,
    encodedFailureAttributes: true,
    buildIdBasedVersioning: true,
    upsertMemo: true,
    eagerWorkflowStart: true,
    sdkMetadata: true,
    countGroupByExecutionStatus: true,
  },
});

export const getClusterInfo = ({ clusterId, store }: Engine): Response<'getClusterInfo'> => ({
  supportedClients: {
    'temporal-cli': '<2.0.0',
    'temporal-go': '<2.0.0',
    'temporal-java': '<2.0.0',
    'temporal-php': '<2.0.0',
    'temporal-server': '<2.0.0',
    'temporal-typescript': '<2.0.0',
    'temporal-python': '<2.0.0',
    'temporal-ui': '<3.0.0',
  },
  serverVersion: PROTOCOL_VERSION,
  clusterId,
  clusterName: 'tidemark',
  historyShardCount: 1,
  persistenceStore: store.durability.description.split(' ')[0]?.toLowerCase() ?? '',
  visibilityStore: store.durability.description.split(' ')[0]?.toLowerCase() ?? '',
});

/** There is one cluster, and this is it. */
export const listClusters = ({ clusterId }: Engine): object => ({
  clusters: [{ clusterName: 'tidemark', clusterId, historyShardCount: 1, isConnectionEnabled: true, initialFailoverVersion: 0 }],
});
