import { StatusCode } from '@tidemark/protocol/errors';
import { decodePayload } from '../json/payload.ts';
import { deadline, executionInput, hasCode, procedure } from '../procedure.ts';

const METADATA_QUERY = '__temporal_workflow_metadata';
const HANDLERS_MS = 5_000;

export interface Handler {
  readonly name: string;
  readonly description: string | null;
}
export interface Handlers {
  /** Null when no worker says: forms then take any name. */
  readonly declared: {
    readonly type: string;
    readonly signals: readonly Handler[];
    readonly queries: readonly Handler[];
    readonly updates: readonly Handler[];
  } | null;
  readonly details: string | null;
}

interface Definition {
  readonly name?: string;
  readonly description?: string;
}
/** The json/plain or json/protobuf form of the protocol's WorkflowMetadata message. */
interface Metadata {
  readonly definition?: {
    readonly type?: string;
    readonly signalDefinitions?: Definition[];
    readonly queryDefinitions?: Definition[];
    readonly updateDefinitions?: Definition[];
  };
  readonly currentDetails?: string;
}

/** What the run's worker says it handles. A worker that is away or does not know the question is no error. */
export const handlers = procedure.input(executionInput).query(async ({ ctx, input }): Promise<Handlers> => {
  try {
    const response = await ctx.workflow.queryWorkflow(
      { namespace: input.namespace, execution: { workflowId: input.workflowId, runId: input.runId }, query: { queryType: METADATA_QUERY } },
      deadline(HANDLERS_MS),
    );
    const payload = response.queryResult?.payloads?.[0];
    const value = payload ? decodePayload(payload) : null;
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return { declared: null, details: null };
    const metadata = value as Metadata;
    const own = (list: Definition[] | undefined) =>
      (list ?? []).flatMap((one) =>
        one.name && !one.name.startsWith('__') ? [{ name: one.name, description: one.description ?? null }] : [],
      );
    const definition = metadata.definition;
    return {
      declared: definition
        ? {
            type: definition.type ?? '',
            signals: own(definition.signalDefinitions),
            queries: own(definition.queryDefinitions),
            updates: own(definition.updateDefinitions),
          }
        : null,
      details: metadata.currentDetails || null,
    };
  } catch (error) {
    if (hasCode(error, StatusCode.UNAVAILABLE, StatusCode.NOT_FOUND, StatusCode.PERMISSION_DENIED)) throw error;
    return { declared: null, details: null };
  }
});
