/** Rows of the list by their place, as assistive technology has it: the head is the first row, and counting begins at one. */
const BEFORE = 2;

/** For `aria-rowindex`. */
export const rowNumber = (index: number): number => index + BEFORE;

/** Which of the list's rows an element stands in; below zero for none. */
export const rowIndexOf = (element: Element | null): number =>
  Number(element?.closest('tr[data-row]')?.getAttribute('aria-rowindex') ?? 0) - BEFORE;

export const rowAt = (box: HTMLElement | null, index: number): HTMLTableRowElement | null =>
  box?.querySelector<HTMLTableRowElement>(`tr[aria-rowindex="${rowNumber(index)}"]`) ?? null;
