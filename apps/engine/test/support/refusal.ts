import { RpcError } from '@tidemark/protocol/errors';

/** What a call was refused with. Throws when it was not. */
export async function refusal(call: Promise<unknown>): Promise<RpcError> {
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof RpcError) return error;
  throw new Error('the call was not refused', { cause: error });
}
