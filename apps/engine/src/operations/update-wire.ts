/** Updates as workers and the engine exchange them: messages whose bodies are packed by type. */
import { api } from '@tidemark/protocol/api';
import { toLong } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import { waitingUpdates } from '../history/model/decide/update.ts';
import type { UpdateMessage } from '../history/model/decide/update-messages.ts';
import type { RunState } from '../history/model/state.ts';
import { invalid } from './validate.ts';

const { Acceptance, Rejection, Request, Response } = api.update.v1;
type Message = temporal.api.protocol.v1.IMessage;

const PACKAGE = 'type.googleapis.com/temporal.api.update.v1.';

/** What a worker is asked with a task that starts with this event. */
export function updateRequests(state: RunState, startedEventId: number): readonly Message[] {
  return waitingUpdates(state).map(({ updateId, request }) => ({
    id: `${updateId}/request`,
    protocolInstanceId: updateId,
    eventId: toLong(startedEventId - 1),
    body: { type_url: `${PACKAGE}Request`, value: Request.encode(request).finish() },
  }));
}

/** Throws INVALID_ARGUMENT when it is not about an update. */
export function decodeUpdateMessage({ id, protocolInstanceId, body }: Message): UpdateMessage {
  const base = { id: id ?? '', updateId: protocolInstanceId ?? '' };
  const value = body?.value ?? new Uint8Array();
  switch (body?.type_url?.split('/').pop()) {
    case 'temporal.api.update.v1.Acceptance':
      return { ...base, kind: 'acceptance', body: Acceptance.decode(value) };
    case 'temporal.api.update.v1.Rejection':
      return { ...base, kind: 'rejection', body: Rejection.decode(value) };
    case 'temporal.api.update.v1.Response':
      return { ...base, kind: 'response', body: Response.decode(value) };
    default:
      throw invalid(`messages[${base.id}].body has a type this server does not know: ${body?.type_url ?? ''}`);
  }
}
