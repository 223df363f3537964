/** One committed event, where a state only says its id. */
import { toNumber } from '@tidemark/protocol/time';
import { decodeEvents } from '../history/codec.ts';
import type { HistoryEvent } from '../history/model/events.ts';
import { invariant } from '../kernel/invariant.ts';
import type { RunKey } from '../kernel/ids.ts';
import type { Engine } from './engine.ts';

export async function readEvent({ store }: Pick<Engine, 'store'>, key: RunKey, eventId: number): Promise<HistoryEvent> {
  const [batch] = await store.runs.readHistory(key, { fromEventId: eventId, toEventId: eventId + 1, batchesMax: 1 });
  const event = decodeEvents(batch?.events ?? new Uint8Array()).find((one) => toNumber(one.eventId) === eventId);
  invariant(event !== undefined, `event ${eventId} was committed`);
  return event;
}
