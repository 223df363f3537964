import { StatusCode } from '@tidemark/protocol/errors';
import { deadline, hasCode, namespaceInput, procedure } from '../procedure.ts';
import { ATTRIBUTE_TYPE_NAMES, ATTRIBUTE_TYPES } from './attribute-types.ts';

export interface AttributeRow {
  readonly name: string;
  readonly type: string;
  /** Every server has it; it cannot be removed. */
  readonly isSystem: boolean;
}
export interface AttributeList {
  /** The server keeps its list from this caller, or has none; the page hides that part. */
  readonly isSupported: boolean;
  readonly rows: readonly AttributeRow[];
}

/** Those of the namespace first, then those of every server. */
export const list = procedure.input(namespaceInput).query(async ({ ctx, input }): Promise<AttributeList> => {
  try {
    const response = await ctx.operator.listSearchAttributes({ namespace: input.namespace }, deadline());
    return {
      isSupported: true,
      rows: [...toRows(response.customAttributes, false), ...toRows(response.systemAttributes, true)],
    };
  } catch (error) {
    if (!hasCode(error, StatusCode.UNIMPLEMENTED, StatusCode.PERMISSION_DENIED)) throw error;
    return { isSupported: false, rows: [] };
  }
});

const toRows = (types: Readonly<Record<string, number>>, isSystem: boolean): AttributeRow[] =>
  Object.entries(types)
    .map(([name, value]) => ({ name, type: ATTRIBUTE_TYPE_NAMES.find((one) => ATTRIBUTE_TYPES[one] === value) ?? 'Unknown', isSystem }))
    .sort((a, b) => a.name.localeCompare(b.name));
