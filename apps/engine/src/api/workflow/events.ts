import { api } from '@tidemark/protocol/api';
import { z } from 'zod';
import { PAYLOAD_BYTES_MAX } from '../json/payload.ts';
import { toJson } from '../json/to-json.ts';
import type { Json } from '../model/json.ts';
import { executionInput, procedure } from '../procedure.ts';

const FULL_BYTES_MAX = 2 * 1024 * 1024;

/** Bodies of up to 200 events, by id. Payloads above the limit come cut, unless `full` is asked for. */
export const events = procedure
  .input(executionInput.extend({ ids: z.array(z.number().int().min(1)).min(1).max(200), full: z.boolean().default(false) }))
  .query(async ({ ctx, input }): Promise<readonly { readonly id: number; readonly body: Json }[]> => {
    const feed = ctx.feeds.of(input);
    if (input.ids.some((id) => feed.events[id - 1] === undefined)) await feed.catchUp();
    const max = input.full ? FULL_BYTES_MAX : PAYLOAD_BYTES_MAX;
    return input.ids.flatMap((id) => {
      const event = feed.events[id - 1];
      return event === undefined ? [] : [{ id, body: toJson(api.history.v1.HistoryEvent, event, max) }];
    });
  });
