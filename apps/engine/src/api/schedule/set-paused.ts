import { randomUUID } from 'node:crypto';
import { RpcError } from '@tidemark/protocol/errors';
import { z } from 'zod';
import { deadline, namespaceInput, procedure } from '../procedure.ts';

const IDS_MAX = 2000;
/** So many changes are under way at a time. */
const SIDE_BY_SIDE = 8;

export interface PauseOutcome {
  readonly changed: number;
  readonly failed: readonly { readonly id: string; readonly message: string }[];
}

/** One change for each schedule: one that fails does not stop the others. */
export const setPaused = procedure
  .input(
    namespaceInput.extend({
      ids: z.array(z.string().min(1).max(1000)).min(1).max(IDS_MAX),
      isPaused: z.boolean(),
      note: z.string().max(2000),
    }),
  )
  .mutation(async ({ ctx, input }): Promise<PauseOutcome> => {
    // An empty note would ask for nothing: in the protocol the text itself is the wish.
    const note = input.note.trim() || (input.isPaused ? 'paused from the console' : 'unpaused from the console');
    const patch = input.isPaused ? { pause: note } : { unpause: note };
    const failed: { id: string; message: string }[] = [];
    const waiting = [...input.ids];
    const work = async (): Promise<void> => {
      for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
        try {
          await ctx.workflow.patchSchedule(
            { namespace: input.namespace, scheduleId: id, patch, requestId: randomUUID(), identity: 'console' },
            deadline(),
          );
        } catch (error) {
          if (!(error instanceof RpcError)) throw error;
          failed.push({ id, message: error.message });
        }
      }
    };
    await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
    return { changed: input.ids.length - failed.length, failed };
  });
