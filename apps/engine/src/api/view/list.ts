import type { SavedView } from '../model/tidemark-service.ts';
import { deadline, namespaceInput, procedure } from '../procedure.ts';
import { personOf } from './scope.ts';

export interface ViewList {
  readonly team: readonly SavedView[];
  /** Of who asks; null where nobody signs in. */
  readonly personal: readonly SavedView[] | null;
}

/** Null where the server keeps no views. */
export const list = procedure.input(namespaceInput).query(async ({ ctx, input: { namespace } }): Promise<ViewList | null> => {
  if (ctx.tidemark === undefined) return null;
  // The services say who may look, and whether there is such a namespace.
  await ctx.workflow.describeNamespace({ namespace }, deadline());
  const person = personOf(ctx);
  const [team, personal] = await Promise.all([
    ctx.tidemark.views({ namespace, owner: '' }),
    person === undefined ? null : ctx.tidemark.views({ namespace, owner: person }),
  ]);
  return { team, personal };
});
