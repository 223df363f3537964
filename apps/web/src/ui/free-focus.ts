/** Where the focus rests after a change of pages: on the heading, which is nobody's to type into. */
const HEADING = 'main h1';

/** Nobody is at work with it: it may follow what is chosen. */
export const isFocusFree = (focused: Element | null): boolean => focused === null || focused === document.body || focused.matches(HEADING);

/** To the heading of the page that is there now, where the one that had the focus has gone with the page before. Returns whether it is done. */
export function restFocus(): boolean {
  if (!isFocusFree(document.activeElement)) return true;
  const heading = document.querySelector<HTMLElement>(HEADING);
  if (heading === null) return false;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  return true;
}
