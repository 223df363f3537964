/** The filters of the list with one value more: only what has it, or only what does not. */
import type { CellValue } from './cell-value.ts';
import type { ChipsAndText, QueryChips } from './query-chips.ts';
import { chipsOfText, textOfChips } from './query-chips.ts';
import { quoteText } from './query-tokens.ts';

/** The chip of a field says one value, so another one takes its place. */
const CLEARED: Readonly<Record<string, Partial<QueryChips>>> = {
  WorkflowType: { type: '' },
  TaskQueue: { queue: '' },
  ExecutionStatus: { status: [] },
};

export function withValue({ chips, rest }: ChipsAndText, { field, value }: CellValue, isNot: boolean): ChipsAndText {
  const condition = `${field} ${isNot ? '!=' : '='} ${typeof value === 'string' ? quoteText(value) : value}`;
  if (rest.split(' AND ').includes(condition)) return { chips, rest };
  const before = textOfChips({ chips: isNot ? chips : { ...chips, ...CLEARED[field] }, rest });
  return chipsOfText(before === '' ? condition : `(${before}) AND ${condition}`);
}
