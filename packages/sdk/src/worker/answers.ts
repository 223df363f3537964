import { RpcError, StatusCode } from '@tidemark/protocol/errors';
import { withRetries } from '../client/client-context.ts';

/** Sends an answer until the server has taken it. An answer nobody waits for any more is dropped. */
export async function answerReliably(send: () => Promise<unknown>): Promise<void> {
  try {
    await withRetries(send);
  } catch (error) {
    if (!(error instanceof RpcError && error.code === StatusCode.NOT_FOUND)) throw error;
  }
}
