/** The same services for callers in this process: requests and responses pass through their codecs, so that nothing differs from the wire. */
import type { EncodedResponse } from '@tidemark/protocol/server';
import { EncodedResponse as Encoded } from '@tidemark/protocol/server';
import { RpcError, StatusCode } from '@tidemark/protocol/errors';
import type { ServedService } from '@tidemark/protocol/server';
import type { CallOptions, MethodDescriptor, OperatorServiceClient, WorkflowServiceClient } from '@tidemark/protocol/services';
import { operatorService, workflowService } from '@tidemark/protocol/services';
import type { Frontend } from './frontend.ts';

export interface InProcessClients {
  readonly workflow: WorkflowServiceClient;
  readonly operator: OperatorServiceClient;
}

/** Hears of each call that was answered; `startedAt` is of the monotonic clock. */
type OnEnd = (method: string, code: StatusCode, startedAt: number) => void;

/** `apiKey` is what the caller in this process shows where the frontend asks for credentials: being in the process proves nothing. */
export function inProcessClients({ services }: Frontend, apiKey?: string, onEnd: OnEnd = () => undefined): InProcessClients {
  const find = (name: string): ServedService => {
    const found = services.find(({ service }) => service.name === name);
    if (found === undefined) throw new TypeError(`${name} is not served`);
    return found;
  };
  const headers = { 'client-name': 'tidemark-console', ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }) };
  // The descriptor names every method, so the objects have exactly the members of the typed interfaces.
  return {
    workflow: clientOf(find(workflowService.name), headers, onEnd) as unknown as WorkflowServiceClient,
    operator: clientOf(find(operatorService.name), headers, onEnd) as unknown as OperatorServiceClient,
  };
}

const never = new AbortController().signal;

type Methods = Record<string, (request: object, options?: CallOptions) => Promise<object>>;

function clientOf(served: ServedService, headers: Readonly<Record<string, string>>, onEnd: OnEnd): Methods {
  return Object.fromEntries(
    served.service.methods.map((method) => [
      method.name,
      async (request: object, options: CallOptions = {}) => {
        const startedAt = performance.now();
        try {
          const response = await served.handle(method.request.decode(method.request.encode(request).finish()), {
            method,
            headers: new Map(Object.entries({ ...headers, ...options.metadata })),
            deadline: options.deadline ?? Infinity,
            signal: options.signal ?? never,
            peer: 'in-process',
          });
          onEnd(method.name, StatusCode.OK, startedAt);
          return decode(method, response);
        } catch (error) {
          onEnd(method.name, error instanceof RpcError ? error.code : StatusCode.INTERNAL, startedAt);
          throw error;
        }
      },
    ]),
  );
}

function decode(method: MethodDescriptor, response: object | EncodedResponse): object {
  const bytes = response instanceof Encoded ? response.bytes : method.response.encode(response).finish();
  return method.response.decode(bytes);
}
