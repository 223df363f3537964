import { api } from '@tidemark/protocol/api';
import { z } from 'zod';
import { toWireJson } from '../json/to-wire-json.ts';
import type { Json } from '../model/json.ts';
import { executionInput, procedure } from '../procedure.ts';

/** Above this, a payload comes as its first bytes unless all of it is asked for. */
export const WHOLE_BYTES_MAX = 256 * 1024;
export const HEAD_BYTES = 64 * 1024;
/** Events whose bodies are longer than this together come in several answers. */
const ANSWER_BYTES_MAX = 16 * 1024 * 1024;

export interface WireEvents {
  readonly events: readonly { readonly id: number; readonly body: Json }[];
}

/** Up to 200 events in protobuf's own JSON, payloads as they were written. Fewer come when they are long: ask for the rest again. */
export const wire = procedure
  .input(executionInput.extend({ ids: z.array(z.number().int().min(1)).min(1).max(200), full: z.boolean().default(false) }))
  .query(async ({ ctx, input }): Promise<WireEvents> => {
    const feed = ctx.feeds.of(input);
    if (input.ids.some((id) => feed.events[id - 1] === undefined)) await feed.catchUp();
    const limits = input.full ? {} : { payloadBytesMax: WHOLE_BYTES_MAX, headBytes: HEAD_BYTES };
    const events: { id: number; body: Json }[] = [];
    let bytes = 0;
    for (const id of input.ids) {
      const event = feed.events[id - 1];
      if (event === undefined) continue;
      if (input.full) bytes += feed.rows[id - 1]?.bytes ?? 0;
      if (bytes > ANSWER_BYTES_MAX && events.length > 0) break;
      events.push({ id, body: toWireJson(api.history.v1.HistoryEvent, event, limits) });
    }
    return { events };
  });
