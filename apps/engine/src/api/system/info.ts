import { StatusCode } from '@tidemark/protocol/errors';
import type { Environment } from '../model/environment.ts';
import { deadline, hasCode, procedure } from '../procedure.ts';

export interface SystemInfo {
  readonly address: string;
  readonly environment: Environment | null;
  readonly serverVersion: string;
  readonly clusterName: string;
  readonly store: string;
  /** The engine is in the api's own process and is asked more than the protocol has words for. */
  readonly isOwn: boolean;
  readonly hasSchedules: boolean;
}

export const info = procedure.query(async ({ ctx }): Promise<SystemInfo> => {
  const system = await ctx.workflow.getSystemInfo({}, deadline());
  // Some servers keep this from ordinary callers; the page then shows less.
  const cluster = await ctx.workflow.getClusterInfo({}, deadline()).catch((error: unknown) => {
    if (hasCode(error, StatusCode.UNIMPLEMENTED, StatusCode.PERMISSION_DENIED)) return undefined;
    throw error;
  });
  return {
    address: ctx.address,
    environment: ctx.environment ?? null,
    serverVersion: system.serverVersion,
    clusterName: cluster?.clusterName ?? '',
    isOwn: ctx.tidemark !== undefined,
    store: [cluster?.persistenceStore, cluster?.visibilityStore].filter(Boolean).join(', '),
    hasSchedules: system.capabilities?.supportsSchedules ?? false,
  };
});
