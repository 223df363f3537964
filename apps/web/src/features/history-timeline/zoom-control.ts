/** The window on the time axis while a hand moves it. Nothing of this goes through React. */
import type { Ground, Hold, Stretch } from './hold.ts';
import { followed, FULL, pannedTo, stepped, stretchOf, zoomedTo, zoomOf } from './hold.ts';
import { covers } from './reach.ts';
import type { Zoom } from './zoom.ts';
import { panBy, zoomAbout } from './zoom.ts';

/** So long after the last movement of a hand, what depends on the window is drawn for where it came to rest. */
const REST_MS = 150;
/** What was drawn may be stretched so far under the hand before it is drawn anew. */
const STRETCH_MAX = 2;
/** What follows now is drawn anew after such a share of its width; until then it lies within what is drawn beside the window. */
const FOLLOW_SHARE = 1 / 8;

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
  #ground: Ground;
  #hold: Hold;
  #live: Zoom;
  #drawn: Stretch | undefined;
  /** What the variables say. */
  #placed: Zoom;
  #root: HTMLElement | undefined;
  /** Pixels, of every lane: measured when it changes, never under the hand. */
  #lane = { left: 0, width: 0 };
  #moving: Moving | undefined;
  #frame = 0;
  #rest: ReturnType<typeof setTimeout> | undefined;

  constructor(first: Hold, ground: Ground) {
    this.#hold = first;
    this.#ground = ground;
    this.#drawn = stretchOf(first, ground);
    this.#live = zoomOf(this.#drawn, ground.scale);
    this.#placed = this.#live;
  }

  /** Where the window is in this moment. */
  readonly live = (): Zoom => this.#live;

  /** What the window keeps to. */
  readonly hold = (): Hold => this.#hold;

  /** What labels, ticks and lines were last made for, which no change of the scale changes; `subscribe` tells when there is another. */
  readonly drawn = (): Stretch | undefined => this.#drawn;

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
    this.#step(zoomedTo(next, this.#ground));
  }

  /** A hand that goes on panning. */
  panTo(next: Zoom): void {
    this.#move(next, pannedTo(next, { hold: this.#hold, zoom: this.#live }, this.#ground));
  }

  #step(hold: Hold): void {
    this.#hold = hold;
    this.#live = zoomOf(stretchOf(hold, this.#ground), this.#ground.scale);
    this.#inFrame(() => this.#draw());
  }

  #move(next: Zoom, hold: Hold): void {
    this.#live = next;
    this.#hold = hold;
    clearTimeout(this.#rest);
    this.#inFrame(() => {
      this.#show();
      // From the frame on, or a slow machine would take each of its frames for a rest.
      this.#rest = setTimeout(() => this.#draw(), REST_MS);
    });
  }

  by(factor: number): void {
    this.#step(factor === 0 ? FULL : stepped(this.#hold, factor, this.#ground));
  }

  pan(share: number): void {
    this.#step(pannedTo(panBy(this.#live, share), { hold: this.#hold, zoom: this.#live }, this.#ground));
  }

  /** Back to now. */
  toLive(): void {
    this.#step(followed(this.#hold, this.#ground));
  }

  /**
   * After React has drawn: on what the window lies now. What it keeps to stays where it is; what it shows is the same as before, so
   * nothing is drawn for that alone.
   */
  settle(ground: Ground): void {
    const before = this.#live;
    this.#ground = ground;
    const shown = stretchOf(this.#hold, ground);
    this.#live = zoomOf(shown, ground.scale);
    this.place();
    if (this.#hold.mode === 'follow' && isFar(this.#drawn, shown)) this.#drawFor(shown);
    if (before.offset === this.#live.offset && before.scale === this.#live.scale) return;
    for (const follower of this.#followers) follower(this.#live);
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
    this.#drawFor(stretchOf(this.#hold, this.#ground));
  }

  #drawFor(shown: Stretch | undefined): void {
    if (this.#drawn === shown) return;
    this.#drawn = shown;
    for (const watcher of this.#watchers) watcher();
  }

  #show(): void {
    if (this.#root === undefined) return;
    const live = this.#live;
    const placed = this.#placed;
    const stretch = live.scale / placed.scale;
    if (stretch > STRETCH_MAX || stretch < 1 / STRETCH_MAX || !covers(zoomOf(this.#drawn, this.#ground.scale), live)) return this.#draw();
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
    if (event.ctrlKey || event.metaKey) {
      const next = zoomAbout(this.#live, Math.exp(-event.deltaY * 0.004), (event.clientX - left) / width);
      this.#move(next, zoomedTo(next, this.#ground));
    } else this.panTo(panBy(this.#live, (event.shiftKey ? event.deltaY || event.deltaX : event.deltaX) / width));
  }
}

function isFar(drawn: Stretch | undefined, shown: Stretch | undefined): boolean {
  if (drawn === undefined || shown === undefined) return drawn !== shown;
  const most = (drawn.to - drawn.from) * FOLLOW_SHARE;
  return Math.abs(shown.from - drawn.from) > most || Math.abs(shown.to - drawn.to) > most;
}

function collect(root: HTMLElement): Moving {
  return {
    tracks: [...root.querySelectorAll<HTMLElement>('.tl-track')],
    marks: Array.from(root.querySelectorAll<HTMLElement>('.tl-mark'), ({ style, dataset }) => ({ style, a: Number(dataset['a']) })),
  };
}
