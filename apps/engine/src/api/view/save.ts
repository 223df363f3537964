import { RpcError, StatusCode } from '@tidemark/protocol/errors';
import { z } from 'zod';
import { procedure } from '../procedure.ts';
import { personOf, viewInput, viewsToWrite } from './scope.ts';

/** Of one owner in one namespace. */
const COUNT_MAX = 100;
const SEARCH_MAX = 10_000;

/** Keeps a new view, or with `was` renames or changes one that there is. */
export const save = procedure
  .input(
    viewInput.extend({
      search: z.string().max(SEARCH_MAX, 'The filters of a view are at most 10 000 characters.'),
      isDefault: z.boolean().default(false),
      was: z.string().max(60).optional(),
    }),
  )
  .mutation(async ({ ctx, input: { namespace, scope, name, search, isDefault, was } }): Promise<void> => {
    const { tidemark, owner } = await viewsToWrite(ctx, { namespace, scope });
    const changedBy = personOf(ctx) ?? '';
    const outcome = await tidemark.saveView({ namespace, owner, name, search, isDefault, changedBy, was, countMax: COUNT_MAX });
    if (outcome === 'exists') throw new RpcError(StatusCode.ALREADY_EXISTS, 'There is a view of that name already.');
    if (outcome === 'absent') throw new RpcError(StatusCode.NOT_FOUND, 'Somebody deleted or renamed this view meanwhile.');
    if (outcome === 'full') throw new RpcError(StatusCode.RESOURCE_EXHAUSTED, `There are ${COUNT_MAX} views already; delete one first.`);
  });
