import { api } from '@tidemark/protocol/api';
import { StatusCode } from '@tidemark/protocol/errors';
import { enumNames } from '../json/to-json.ts';
import { deadline, hasCode, namespaceInput, procedure } from '../procedure.ts';

const types = enumNames(api.enums.v1.IndexedValueType, 'INDEXED_VALUE_TYPE_');

export interface AttributeRow {
  readonly name: string;
  /** `Keyword`, `Int`, `Datetime`, … */
  readonly type: string;
  readonly isCustom: boolean;
}

/** What runs of a namespace can be found by. Empty where the server does not say. */
export const attributes = procedure.input(namespaceInput).query(async ({ ctx, input }): Promise<readonly AttributeRow[]> => {
  const found = await ctx.operator.listSearchAttributes({ namespace: input.namespace }, deadline()).catch((error: unknown) => {
    if (hasCode(error, StatusCode.UNIMPLEMENTED, StatusCode.PERMISSION_DENIED)) return undefined;
    throw error;
  });
  const rows = (of: Readonly<Record<string, number>> | null | undefined, isCustom: boolean) =>
    Object.entries(of ?? {}).map(([name, type]) => ({ name, type: types.get(type) ?? 'Keyword', isCustom }));
  return [...rows(found?.customAttributes, true), ...rows(found?.systemAttributes, false)].sort((a, b) => a.name.localeCompare(b.name));
});
