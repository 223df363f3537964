import { RpcError, StatusCode } from '@tidemark/protocol/errors';
import type { WorkflowServiceClient } from '@tidemark/protocol/services';
import type { PayloadConverter } from '../converter/payload.ts';

/** What handles need of the client they came from. */
export interface ClientContext {
  readonly workflow: WorkflowServiceClient;
  readonly namespace: string;
  readonly identity: string;
  readonly converter: PayloadConverter;
  retry<Response>(call: () => Promise<Response>): Promise<Response>;
}

const retryable: ReadonlySet<number> = new Set([
  StatusCode.UNAVAILABLE,
  StatusCode.RESOURCE_EXHAUSTED,
  StatusCode.ABORTED,
  StatusCode.DATA_LOSS,
  StatusCode.OUT_OF_RANGE,
]);
const ATTEMPTS_MAX = 10;
const FIRST_WAIT_MS = 100;
const WAIT_MAX_MS = 5000;

/** Tries again, ever more slowly, while the server says that it might work later. */
export async function withRetries<Response>(call: () => Promise<Response>): Promise<Response> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      const mayWork = error instanceof RpcError && retryable.has(error.code) && attempt < ATTEMPTS_MAX;
      if (!mayWork || error.message.startsWith('grpc: received message larger')) throw error;
      const wait = Math.min(WAIT_MAX_MS, FIRST_WAIT_MS * 2 ** (attempt - 1)) * (0.8 + Math.random() * 0.4);
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
}
