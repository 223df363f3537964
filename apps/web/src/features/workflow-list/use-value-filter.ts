'use client';
import { useListFilter } from '../../data/list-filter.ts';
import type { CellValue } from '../../domain/cell-value.ts';
import { tellNotLoaded } from '../../ui/tell-not-loaded.ts';

/** Adds a value of a row to the filters: only what has it, or only what has not. */
export function useValueFilter(): (value: CellValue, isNot: boolean) => void {
  const { state, setState } = useListFilter();
  const filterBy = async (value: CellValue, isNot: boolean) => {
    // The reader of queries comes when somebody filters.
    const { withValue } = await import('../../domain/value-filter.ts');
    const { status, type, queue, from, to, q } = state;
    const { chips, rest } = withValue({ chips: { status, type, queue, from, to }, rest: q }, value, isNot);
    await setState({ ...chips, status: [...chips.status], q: rest });
  };
  return (value, isNot) => void filterBy(value, isNot).catch(() => tellNotLoaded('What adds filters'));
}
