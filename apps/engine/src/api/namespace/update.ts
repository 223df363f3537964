import { toDuration } from '@tidemark/protocol/time';
import { deadline, namespaceInput, procedure } from '../procedure.ts';
import { namespaceFields } from './namespace-fields.ts';

/** Keys of `data` are added or changed; the protocol takes none away. */
export const update = procedure.input(namespaceInput.extend(namespaceFields.shape)).mutation(async ({ ctx, input }): Promise<void> => {
  await ctx.workflow.updateNamespace(
    {
      namespace: input.namespace,
      updateInfo: { description: input.description, ownerEmail: input.owner, data: input.data },
      config: { workflowExecutionRetentionTtl: toDuration(input.retentionMs) },
    },
    deadline(),
  );
});
