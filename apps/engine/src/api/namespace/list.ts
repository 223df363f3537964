import { api } from '@tidemark/protocol/api';
import { fromDuration } from '@tidemark/protocol/time';
import { deadline, procedure } from '../procedure.ts';

const PAGE = 100;
const PAGES_MAX = 20;
const SYSTEM = 'temporal-system';

export interface NamespaceRow {
  readonly name: string;
  readonly description: string;
  readonly retentionMs: number | null;
  readonly isActive: boolean;
  /** Its runs can be paused and resumed. */
  readonly canPause: boolean;
}

export const list = procedure.query(async ({ ctx }): Promise<readonly NamespaceRow[]> => {
  const rows: NamespaceRow[] = [];
  let token: Uint8Array | undefined;
  for (let page = 0; page < PAGES_MAX; page++) {
    const response = await ctx.workflow.listNamespaces({ pageSize: PAGE, ...(token ? { nextPageToken: token } : {}) }, deadline());
    for (const one of response.namespaces) {
      if (!one.namespaceInfo?.name || one.namespaceInfo.name === SYSTEM) continue;
      rows.push({
        name: one.namespaceInfo.name,
        description: one.namespaceInfo.description ?? '',
        retentionMs: fromDuration(one.config?.workflowExecutionRetentionTtl) ?? null,
        isActive: one.namespaceInfo.state === api.enums.v1.NamespaceState.NAMESPACE_STATE_REGISTERED,
        canPause: one.namespaceInfo.capabilities?.workflowPause ?? false,
      });
    }
    token = response.nextPageToken?.length ? response.nextPageToken : undefined;
    if (token === undefined) break;
  }
  return rows.sort((a, b) => a.name.localeCompare(b.name));
});
