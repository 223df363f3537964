/** The window on the time axis while a hand moves it. Nothing of this goes through React. */
import { covers } from './reach.ts';
import type { Zoom } from './zoom.ts';
import { FIT, panBy, zoomAbout } from './zoom.ts';

/** So long after the last movement of a hand, what depends on the window is drawn for where it came to rest. */
const REST_MS = 150;
/** What was drawn may be stretched so far under the hand before it is drawn anew. */
const STRETCH_MAX = 2;

interface Moving {
  /** What moves with the window as one piece. */
  readonly tracks: readonly HTMLElement[];
  /** What keeps its size and changes its place, which is at `a`. */
  readonly marks: readonly { readonly style: CSSStyleDeclaration; readonly a: number }[];
}

/**
 * At rest the variables `--zk` and `--z0` of the root place everything. While a hand moves the window each frame is one transform per
 * lane and one per label: no layout, no style of what is inside, no commit.
 */
export class ZoomControl {
  readonly #watchers = new Set<() => void>();
  readonly #followers = new Set<(zoom: Zoom) => void>();
  #live: Zoom;
  #drawn: Zoom;
  /** What the variables say. */
  #placed: Zoom;
  #root: HTMLElement | undefined;
  /** Pixels, of every lane: measured when it changes, never under the hand. */
  #lane = { left: 0, width: 0 };
  #moving: Moving | undefined;
  #frame = 0;
  #rest: ReturnType<typeof setTimeout> | undefined;

  constructor(first: Zoom) {
    this.#live = first;
    this.#drawn = first;
    this.#placed = first;
  }

  /** Where the window is in this moment. */
  readonly live = (): Zoom => this.#live;

  /** The window that labels, ticks and lines were last made for; `subscribe` tells when there is another. */
  readonly drawn = (): Zoom => this.#drawn;

  readonly subscribe = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  /** Called with every frame in which the window moves. */
  follow(follower: (zoom: Zoom) => void): () => void {
    this.#followers.add(follower);
    return () => this.#followers.delete(follower);
  }

  /** A step: drawn as it shall stay. */
  to(next: Zoom): void {
    this.#live = next;
    this.#inFrame(() => this.#draw());
  }

  /** A hand that goes on moving. */
  move(next: Zoom): void {
    this.#live = next;
    clearTimeout(this.#rest);
    this.#inFrame(() => {
      this.#show();
      // From the frame on, or a slow machine would take each of its frames for a rest.
      this.#rest = setTimeout(() => this.#draw(), REST_MS);
    });
  }

  by(factor: number): void {
    this.to(factor === 0 ? FIT : zoomAbout(this.#live, factor, 0.5));
  }

  pan(share: number): void {
    this.to(panBy(this.#live, share));
  }

  attach(root: HTMLElement): () => void {
    this.#root = root;
    this.place();
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) this.#lane = entry.target.getBoundingClientRect();
    });
    const axis = root.querySelector('.tl-axis');
    if (axis !== null) observer.observe(axis);
    const wheel = (event: WheelEvent) => this.#wheel(event);
    root.addEventListener('wheel', wheel, { passive: false });
    return () => {
      observer.disconnect();
      root.removeEventListener('wheel', wheel);
      clearTimeout(this.#rest);
      cancelAnimationFrame(this.#frame);
      this.#root = undefined;
      this.#moving = undefined;
    };
  }

  /** Puts everything where it belongs, also what React has added or changed under the hand. */
  place(): void {
    const moved = this.#moving;
    this.#moving = undefined;
    for (const { style } of moved?.tracks ?? []) style.removeProperty('transform');
    for (const { style } of moved?.marks ?? []) style.removeProperty('transform');
    if (this.#root === undefined) return;
    const { scale, offset } = this.#live;
    this.#root.style.setProperty('--zk', String(scale));
    this.#root.style.setProperty('--z0', String(offset));
    this.#placed = this.#live;
  }

  #inFrame(act: () => void): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => {
      act();
      for (const follower of this.#followers) follower(this.#live);
    });
  }

  #draw(): void {
    clearTimeout(this.#rest);
    this.place();
    if (this.#drawn === this.#live) return;
    this.#drawn = this.#live;
    for (const watcher of this.#watchers) watcher();
  }

  #show(): void {
    if (this.#root === undefined) return;
    const live = this.#live;
    const placed = this.#placed;
    const stretch = live.scale / placed.scale;
    if (stretch > STRETCH_MAX || stretch < 1 / STRETCH_MAX || !covers(this.#drawn, live)) return this.#draw();
    this.#moving ??= collect(this.#root);
    const { tracks, marks } = this.#moving;
    const transform = `translateX(${((placed.offset - live.offset) * live.scale).toFixed(4)}%) scaleX(${stretch.toFixed(6)})`;
    for (const { style } of tracks) style.transform = transform;
    for (const { style, a } of marks) {
      const by = (a - live.offset) * live.scale - (a - placed.offset) * placed.scale;
      style.transform = `translateX(${by.toFixed(4)}%)`;
    }
  }

  #wheel(event: WheelEvent): void {
    const { target } = event;
    if (!(target instanceof Element) || target.closest('.tl-lane, .tl-axis') === null) return;
    const isPan = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
    if (!event.ctrlKey && !event.metaKey && !isPan) return;
    event.preventDefault();
    const { left, width } = this.#lane;
    if (event.ctrlKey || event.metaKey) this.move(zoomAbout(this.#live, Math.exp(-event.deltaY * 0.004), (event.clientX - left) / width));
    else this.move(panBy(this.#live, (event.shiftKey ? event.deltaY || event.deltaX : event.deltaX) / width));
  }
}

function collect(root: HTMLElement): Moving {
  return {
    tracks: [...root.querySelectorAll<HTMLElement>('.tl-track')],
    marks: Array.from(root.querySelectorAll<HTMLElement>('.tl-mark'), ({ style, dataset }) => ({ style, a: Number(dataset['a']) })),
  };
}
