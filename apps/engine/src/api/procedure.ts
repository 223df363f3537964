/** What every procedure of the console's api stands on: its context, and how a failed call is told to the browser. */
import { RpcError, StatusCode, statusName } from '@tidemark/protocol/errors';
import type { OperatorServiceClient, WorkflowServiceClient } from '@tidemark/protocol/services';
import { initTRPC, TRPCError } from '@trpc/server';
import { z } from 'zod';
import { recorded } from './audit/recorded.ts';
import type { AuditTrail } from './model/audit-trail.ts';
import type { Environment } from './model/environment.ts';
import { plainCause, plainIssues } from './model/plain-words.ts';
import type { TidemarkService } from './model/tidemark-service.ts';
import type { RunFeeds } from './run/feeds.ts';
import type { Caller } from './session/caller.ts';
import { isWriteToken } from './session/write-token.ts';

/** The api is a client of these services, so it runs against any server of the protocol; what an engine beside it adds, it can do without. */
export interface ApiContext {
  readonly workflow: WorkflowServiceClient;
  readonly operator: OperatorServiceClient;
  readonly tidemark?: TidemarkService | undefined;
  readonly feeds: RunFeeds;
  readonly audit: AuditTrail;
  /** Entries outlive this process. */
  readonly isAuditKept: boolean;
  readonly caller: Caller;
  readonly environment?: Environment | undefined;
  /** Where the services are, in words for people: `127.0.0.1:7233`. */
  readonly address: string;
}

type ErrorCode = TRPCError['code'];
const codes = {
  OK: 'INTERNAL_SERVER_ERROR',
  CANCELLED: 'CLIENT_CLOSED_REQUEST',
  UNKNOWN: 'INTERNAL_SERVER_ERROR',
  INVALID_ARGUMENT: 'BAD_REQUEST',
  DEADLINE_EXCEEDED: 'TIMEOUT',
  NOT_FOUND: 'NOT_FOUND',
  ALREADY_EXISTS: 'CONFLICT',
  PERMISSION_DENIED: 'FORBIDDEN',
  RESOURCE_EXHAUSTED: 'TOO_MANY_REQUESTS',
  FAILED_PRECONDITION: 'PRECONDITION_FAILED',
  ABORTED: 'CONFLICT',
  OUT_OF_RANGE: 'BAD_REQUEST',
  UNIMPLEMENTED: 'NOT_IMPLEMENTED',
  INTERNAL: 'INTERNAL_SERVER_ERROR',
  UNAVAILABLE: 'SERVICE_UNAVAILABLE',
  DATA_LOSS: 'INTERNAL_SERVER_ERROR',
  UNAUTHENTICATED: 'UNAUTHORIZED',
} as const satisfies Record<keyof typeof StatusCode, ErrorCode>;

const trpc = initTRPC.context<ApiContext>().create({
  // Stacks would tell the browser about the server's insides.
  isDev: false,
  sse: { ping: { enabled: true, intervalMs: 15_000 }, client: { reconnectAfterInactivityMs: 40_000 } },
  errorFormatter: ({ shape, error, ctx }) => ({
    ...shape,
    message: messageOf(error, ctx?.address),
    data: {
      code: shape.data.code,
      httpStatus: shape.data.httpStatus,
      rpc: error.cause instanceof RpcError ? statusName(error.cause.code) : undefined,
      detail: plainOf(error, ctx?.address) === undefined ? undefined : error.cause?.message,
    },
  }),
});

/** Of a server that was not reached: the client's own message is for the log. */
function plainOf({ cause }: TRPCError, address = 'The server'): string | undefined {
  const isAway = hasCode(cause, StatusCode.UNAVAILABLE, StatusCode.DEADLINE_EXCEEDED);
  return isAway ? plainCause(cause.message, address) : undefined;
}

function messageOf(error: TRPCError, address?: string): string {
  if (error.cause instanceof RpcError) return plainOf(error, address) ?? error.cause.message;
  if (error.cause instanceof z.ZodError) return plainIssues(error.cause);
  return error.code === 'INTERNAL_SERVER_ERROR' ? 'The console’s api failed while answering. Its log says why.' : error.message;
}

/** An error of the protocol, kept with its own code and text. Anything else is our bug and says nothing. */
export function toTrpcError(error: unknown): TRPCError {
  if (error instanceof TRPCError) return error;
  if (error instanceof RpcError) return new TRPCError({ code: codes[statusName(error.code)], message: error.message, cause: error });
  return new TRPCError({ code: 'INTERNAL_SERVER_ERROR', message: 'internal', cause: error });
}

const mapped = trpc.middleware(async ({ next }) => {
  const result = await next();
  if (!result.ok && result.error.cause instanceof RpcError) throw toTrpcError(result.error.cause);
  return result;
});

/** What a guest may ask for. */
const OPEN: ReadonlySet<string> = new Set(['session.current', 'session.signIn']);

const admitted = trpc.middleware(({ ctx: { caller }, type, path, next }) => {
  if (caller.kind === 'guest' && !OPEN.has(path)) throw toTrpcError(new RpcError(StatusCode.UNAUTHENTICATED, 'Sign in first.'));
  if (caller.kind === 'person' && type === 'mutation' && !isWriteToken(caller.session, caller.writeTokenSent))
    throw new TRPCError({ code: 'FORBIDDEN', message: 'This page was opened before somebody signed in; load it again.' });
  return next();
});

/** Sent like a write, but changes no run: questions with long arguments, and who comes and goes. */
const UNRECORDED: ReadonlySet<string> = new Set(['workflow.query', 'workflow.replay', 'session.signIn', 'session.signOut']);

const audited = trpc.middleware(async ({ ctx, type, path, getRawInput, next }) => {
  if (type !== 'mutation' || UNRECORDED.has(path)) return await next();
  const settle = await recorded(ctx, path, await getRawInput());
  const result = await next();
  await (result.ok ? settle('done', '') : settle('failed', messageOf(result.error, ctx.address)));
  return result;
});

export const procedure = trpc.procedure.use(mapped).use(admitted).use(audited);
export const router = trpc.router;

/** How long an ordinary call may take before the console says the server does not answer. */
const CALL_MS = 10_000;
export const deadline = (ms: number = CALL_MS): { deadline: number } => ({ deadline: Date.now() + ms });

export const hasCode = (error: unknown, ...wanted: readonly StatusCode[]): error is RpcError =>
  error instanceof RpcError && wanted.includes(error.code);

export const namespaceInput = z.object({ namespace: z.string().min(1).max(255) });
export const executionInput = namespaceInput.extend({ workflowId: z.string().min(1).max(1000), runId: z.string().max(255).default('') });
/** Arguments as JSON text: each element of the array becomes one json/plain payload. */
export const argumentsInput = z.array(z.json()).max(64).default([]);
