import { procedure } from '../procedure.ts';

export const signOut = procedure.mutation(({ ctx: { caller } }): void => {
  if (caller.kind !== 'anybody') caller.desk.signOut();
});
