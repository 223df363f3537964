import { RpcError, StatusCode } from '@tidemark/protocol/errors';
import { z } from 'zod';
import type { TidemarkService } from '../model/tidemark-service.ts';
import type { ApiContext } from '../procedure.ts';
import { deadline, namespaceInput } from '../procedure.ts';

export const VIEW_SCOPES = ['personal', 'team'] as const;
export type ViewScope = (typeof VIEW_SCOPES)[number];

export const viewInput = namespaceInput.extend({
  scope: z.enum(VIEW_SCOPES),
  name: z.string().trim().min(1, 'A view needs a name.').max(60, 'The name of a view has at most 60 characters.'),
});

/** Who signed in; undefined where nobody does, and then nothing is personal. */
export const personOf = ({ caller }: Pick<ApiContext, 'caller'>): string | undefined =>
  caller.kind === 'person' ? caller.session.principal.subject : undefined;

interface Views {
  readonly tidemark: TidemarkService;
  /** Empty for the team. */
  readonly owner: string;
}

interface WrittenIn {
  readonly namespace: string;
  readonly scope: ViewScope;
}

/** Where a view is written, for those who may: everybody their own, the team's with the role write. Throws an RpcError for all others. */
export async function viewsToWrite(ctx: ApiContext, { namespace, scope }: WrittenIn): Promise<Views> {
  const { tidemark, caller } = ctx;
  if (tidemark === undefined) throw new RpcError(StatusCode.UNIMPLEMENTED, 'This server keeps no views.');
  await ctx.workflow.describeNamespace({ namespace }, deadline());
  if (scope === 'team') {
    if (caller.kind === 'person' && !caller.session.principal.may('write', namespace))
      throw new RpcError(StatusCode.PERMISSION_DENIED, 'Views of the team are changed with the role write.');
    return { tidemark, owner: '' };
  }
  const owner = personOf(ctx);
  if (owner === undefined) throw new RpcError(StatusCode.FAILED_PRECONDITION, 'Nobody signs in here, so no view is personal.');
  return { tidemark, owner };
}
