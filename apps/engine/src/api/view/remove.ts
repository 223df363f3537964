import { procedure } from '../procedure.ts';
import { viewInput, viewsToWrite } from './scope.ts';

export const remove = procedure.input(viewInput).mutation(async ({ ctx, input }): Promise<void> => {
  const { tidemark, owner } = await viewsToWrite(ctx, input);
  await tidemark.removeView({ namespace: input.namespace, owner, name: input.name });
});
