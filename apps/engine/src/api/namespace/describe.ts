import { api } from '@tidemark/protocol/api';
import { fromDuration } from '@tidemark/protocol/time';
import { enumNames } from '../json/to-json.ts';
import { deadline, namespaceInput, procedure } from '../procedure.ts';

const states = enumNames(api.enums.v1.NamespaceState, 'NAMESPACE_STATE_');

export interface NamespaceDescription {
  readonly name: string;
  readonly id: string;
  /** `Registered`, `Deprecated` or `Deleted`. */
  readonly state: string;
  readonly description: string;
  readonly owner: string;
  readonly retentionMs: number | null;
  readonly data: Readonly<Record<string, string>>;
}

export const describe = procedure.input(namespaceInput).query(async ({ ctx, input }): Promise<NamespaceDescription> => {
  const { namespaceInfo: info, config } = await ctx.workflow.describeNamespace({ namespace: input.namespace }, deadline());
  return {
    name: info?.name ?? input.namespace,
    id: info?.id ?? '',
    state: states.get(info?.state ?? 0) ?? 'Unspecified',
    description: info?.description ?? '',
    owner: info?.ownerEmail ?? '',
    retentionMs: fromDuration(config?.workflowExecutionRetentionTtl) ?? null,
    data: { ...info?.data },
  };
});
