/** Rows that pass under a pointer are still on their way for so long after a turn of the wheel. */
const SCROLL_MS = 150;

interface Rest {
  /** For how long the pointer has to lie on it. */
  readonly ms: number;
  readonly onRest: (target: Element) => void;
  /** What asks for nothing, as it is not there. */
  readonly isOther?: (event: PointerEvent) => boolean;
}

/** Tells what a pointer rests on inside a scroller: not what it passes, nor what passes under it. Answers with its end. */
export function watchRest(box: HTMLElement, { ms, onRest, isOther = () => false }: Rest): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let scrolledAt = Number.NEGATIVE_INFINITY;
  const wait = (target: Element, forMs: number) => {
    timer = setTimeout(() => {
      // A slow page draws so seldom that a rest would fit between two steps of scrolling.
      const left = scrolledAt + SCROLL_MS - performance.now();
      if (left > 0) wait(target, left);
      else if (target.isConnected) onRest(target);
    }, forMs);
  };
  const over = (event: PointerEvent) => {
    clearTimeout(timer);
    if (event.target instanceof Element && !isOther(event)) wait(event.target, ms);
  };
  const note = () => {
    scrolledAt = performance.now();
  };
  const leave = () => clearTimeout(timer);
  box.addEventListener('pointerover', over);
  box.addEventListener('pointerleave', leave);
  box.addEventListener('scroll', note, { passive: true });
  return () => {
    clearTimeout(timer);
    box.removeEventListener('pointerover', over);
    box.removeEventListener('pointerleave', leave);
    box.removeEventListener('scroll', note);
  };
}
