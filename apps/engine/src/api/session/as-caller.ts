/** The services as one person is served: every call shows their credential, and what names its caller names them. */
import type { CallOptions, OperatorServiceClient, WorkflowServiceClient } from '@tidemark/protocol/services';

export interface Services {
  readonly workflow: WorkflowServiceClient;
  readonly operator: OperatorServiceClient;
}

export interface CallerIdentity {
  readonly credential: string;
  readonly subject: string;
}

export const asCaller = ({ workflow, operator }: Services, caller: CallerIdentity): Services => ({
  workflow: wrapped(workflow, caller),
  operator: wrapped(operator, caller),
});

type Method = (request: object, options?: CallOptions) => Promise<object>;

function wrapped<Client extends object>(client: Client, { credential, subject }: CallerIdentity): Client {
  return new Proxy(client, {
    get: (target, name) => {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== 'function') return method;
      return (request: object, options?: CallOptions) =>
        // Every member of a client is such a method.
        (method as Method).call(target, 'identity' in request ? { ...request, identity: subject } : request, {
          ...options,
          metadata: { ...options?.metadata, authorization: `Bearer ${credential}` },
        });
    },
  });
}
