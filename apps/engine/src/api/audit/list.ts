import { z } from 'zod';
import type { AuditEntry } from '../model/audit-trail.ts';
import { deadline, procedure } from '../procedure.ts';

const PAGE = 100;

export interface AuditList {
  readonly entries: readonly AuditEntry[];
  readonly next: { readonly at: number; readonly id: string } | null;
  /** False where entries are in the console's memory alone and end with it. */
  readonly isKept: boolean;
}

/** Of one namespace, or with an empty one of the cluster; for those who may read there. */
export const list = procedure
  .input(
    z.object({
      namespace: z.string().max(255),
      workflowId: z.string().max(1000).optional(),
      who: z.string().max(1000).optional(),
      before: z.object({ at: z.number(), id: z.string().max(100) }).optional(),
    }),
  )
  .query(async ({ ctx, input: { namespace, workflowId, who, before } }): Promise<AuditList> => {
    await (namespace === ''
      ? ctx.workflow.listNamespaces({ pageSize: 1 }, deadline())
      : ctx.workflow.describeNamespace({ namespace }, deadline()));
    const entries = await ctx.audit.list({
      namespace,
      sizeMax: PAGE + 1,
      ...(workflowId === undefined ? {} : { workflowId }),
      ...(who === undefined ? {} : { who }),
      ...(before === undefined ? {} : { before }),
    });
    const last = entries.length > PAGE ? entries[PAGE - 1] : undefined;
    return { entries: entries.slice(0, PAGE), next: last === undefined ? null : { at: last.at, id: last.id }, isKept: ctx.isAuditKept };
  });
