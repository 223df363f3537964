import { z } from 'zod';
import { procedure } from '../procedure.ts';

/** A key or a JWT; what is answered with it from then on is what its holder may see and do. */
export const signIn = procedure
  .input(z.object({ credential: z.string().trim().min(1, 'Give a key.').max(16_384, 'A key has at most 16 384 characters.') }))
  .mutation(async ({ ctx: { caller }, input }): Promise<{ readonly subject: string }> => {
    if (caller.kind === 'anybody') return { subject: '' };
    const { principal } = await caller.desk.signIn(input.credential);
    return { subject: principal.subject };
  });
