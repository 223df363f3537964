/** One message to a run: its name and its arguments, and what came of it. */
import type { Json } from '../domain/arguments.ts';
import { asWire } from '../domain/wire-payload.ts';
import { api, toProblem } from './api-client.ts';
import type { RunId } from './queries.ts';
import type { Answer, MessageKind } from './run-calls.ts';

export interface Message {
  readonly kind: MessageKind;
  readonly name: string;
  readonly input: Json[];
  /** Of an update: until when to wait. */
  readonly waitFor: 'accepted' | 'completed';
}

/** Throws what the api throws; that a run refused is an answer. */
export async function sendMessage(run: RunId, { kind, name, input, waitFor }: Message): Promise<Answer> {
  const call = { ...run, name, input };
  if (kind === 'signal') {
    await api.workflow.signal.mutate(call);
    return { ok: true, payloads: [], note: 'Delivered to the server; it shows as a new event.' };
  }
  if (kind === 'query') {
    const answer = await api.workflow.query.mutate(call);
    return answer.rejected === null
      ? { ok: true, payloads: answer.payloads.map(asWire) }
      : { ok: false, message: `The run is ${answer.rejected} and answers no queries.` };
  }
  const answer = await api.workflow.update.mutate({ ...call, waitFor });
  if (answer.failure) return { ok: false, message: `${answer.failure.type}: ${answer.failure.message}` };
  const state = answer.isAccepted ? 'Accepted, not completed yet' : 'Not accepted yet';
  return {
    ok: true,
    payloads: answer.payloads.map(asWire),
    ...(answer.isPending ? { note: `${state}. Update ${answer.updateId}.` } : {}),
  };
}

/** A query without arguments. That it could not be asked is an answer as well. */
export const askQuery = (run: RunId, name: string): Promise<Answer> =>
  sendMessage(run, { kind: 'query', name, input: [], waitFor: 'completed' }).catch(
    (error: unknown): Answer => ({ ok: false, message: toProblem(error).message }),
  );
