/** What the window on a run's time keeps to, in real time: whatever the scale becomes, it shows the same. */
import type { RunView } from '../../data/run-view.ts';
import type { TimeScale } from '../../domain/time-scale.ts';
import type { Timeline } from './use-timeline.ts';
import type { Zoom } from './zoom.ts';
import { clampZoom, FIT, zoomAbout } from './zoom.ts';

/** Milliseconds since the start of the run. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

export type Hold =
  /** All of the run; the right edge grows with it. */
  | { readonly mode: 'full' }
  /** A stretch that stays where it is while the run goes on. */
  | ({ readonly mode: 'inspect' } & Stretch)
  /** So many milliseconds before now and after it; without `ahead` there is the room that a whole run has at its right edge. */
  | { readonly mode: 'follow'; readonly past: number; readonly ahead?: number };

/** What a window lies on. */
export interface Ground {
  readonly scale: TimeScale;
  /** The close of the run, or now: milliseconds since the epoch. */
  readonly end: number;
  /** Whether `end` goes on. */
  readonly isLive: boolean;
}

export function groundOf({ scale, end, isRunning }: Timeline, { description, stoppedAt }: RunView): Ground {
  return { scale, end, isLive: isRunning && description !== undefined && stoppedAt === undefined };
}

export const FULL: Hold = { mode: 'full' };
/** Of a window that follows: after now, as a share of what is before it. */
const ROOM = 0.08;
/** Per cent of the whole: what lies so near to its beginning has come to it. */
const EDGE = 0.01;
/** A window is written so exactly that its edges are within half of such a part of its width. */
const PARTS_LOG = 4;

/** What a hold shows in this moment; undefined is everything. */
export function stretchOf(hold: Hold, { scale, end }: Pick<Ground, 'scale' | 'end'>): Stretch | undefined {
  if (hold.mode === 'full') return undefined;
  if (hold.mode === 'inspect') return hold;
  const { past, ahead } = hold;
  if (ahead !== undefined) return { from: end - past - scale.start, to: end + ahead - scale.start };
  const nowAt = scale.at(end);
  return { from: end - past - scale.start, to: scale.invert(nowAt + (nowAt - scale.at(end - past)) * ROOM) - scale.start };
}

export function zoomOf(stretch: Stretch | undefined, scale: TimeScale): Zoom {
  if (stretch === undefined) return FIT;
  const offset = scale.at(scale.start + stretch.from);
  const width = scale.at(scale.start + stretch.to) - offset;
  return width >= 100 ? FIT : clampZoom({ scale: 100 / width, offset });
}

/** After a zoom: now in sight is followed, all else stays where it is. */
export function zoomedTo(zoom: Zoom, { scale, end, isLive }: Ground): Hold {
  if (zoom.scale <= FIT.scale) return FULL;
  const { from, to } = stretchAt(zoom, scale);
  const now = end - scale.start;
  return isLive && from < now && to >= now ? { mode: 'follow', past: now - from, ahead: to - now } : { mode: 'inspect', from, to };
}

/** After a pan: towards earlier leaves now, towards later may come back to it. */
export function pannedTo(zoom: Zoom, before: { readonly hold: Hold; readonly zoom: Zoom }, ground: Ground): Hold {
  if (zoom.offset === before.zoom.offset) return before.hold;
  return zoomedTo(zoom, zoom.offset < before.zoom.offset ? { ...ground, isLive: false } : ground);
}

/** A zoom about no point in particular: about now, if it is in sight, else about the middle. */
export function stepped(hold: Hold, factor: number, ground: Ground): Hold {
  const { scale, end, isLive } = ground;
  const zoom = zoomOf(stretchOf(hold, ground), scale);
  const nowAt = scale.at(end);
  if (!isLive || nowAt <= zoom.offset || nowAt > zoom.offset + 100 / zoom.scale) return zoomedTo(zoomAbout(zoom, factor, 0.5), ground);
  const next = zoomAbout({ offset: 0, scale: 100 / (nowAt - zoom.offset) }, factor, 0).scale;
  const from = nowAt - 100 / next;
  return from <= EDGE ? FULL : { mode: 'follow', past: end - scale.invert(from) };
}

/** Back to now, with the width there is. */
export function followed(hold: Hold, { scale, end }: Ground): Hold {
  if (hold.mode !== 'inspect') return hold;
  const past = (hold.to - hold.from) / (1 + ROOM);
  return past >= end - scale.start ? FULL : { mode: 'follow', past };
}

/** How far the right edge has fallen back behind now, milliseconds; undefined where now is followed, or does not go on. */
export function behindMs(hold: Hold, { scale, end, isLive }: Ground): number | undefined {
  return isLive && hold.mode === 'inspect' ? Math.max(end - scale.start - hold.to, 0) : undefined;
}

/**
 * The window in an address. `t0` and `t1` are milliseconds since the start of the run. A `t0` below nothing is of a window that
 * follows now: both are counted from now then, and `t1` is left out where it is the usual room. Neither: the whole run.
 */
export interface WindowAddress {
  readonly t0: number | null;
  readonly t1: number | null;
}

export function holdIn({ t0, t1 }: WindowAddress): Hold {
  if (t0 === null || !Number.isFinite(t0) || (t1 !== null && !Number.isFinite(t1))) return FULL;
  if (t0 < 0) return { mode: 'follow', past: -t0, ...(t1 === null || t1 < 0 ? {} : { ahead: t1 }) };
  return t1 === null || t1 <= t0 ? FULL : { mode: 'inspect', from: t0, to: t1 };
}

export function addressOf(hold: Hold): WindowAddress {
  if (hold.mode === 'full') return { t0: null, t1: null };
  if (hold.mode === 'follow') {
    const exact = roundedFor(hold.past);
    return { t0: -exact(hold.past), t1: hold.ahead === undefined ? null : exact(hold.ahead) };
  }
  const exact = roundedFor(hold.to - hold.from);
  // Before the start there is nothing, and a sign would make it a window that follows.
  return { t0: Math.max(exact(hold.from), 0), t1: exact(hold.to) };
}

/** Whole milliseconds, or as many digits as so narrow a window needs. */
function roundedFor(width: number): (ms: number) => number {
  const digits = Math.min(Math.max(Math.ceil(PARTS_LOG - Math.log10(width)), 0), 6);
  return (ms) => Number(ms.toFixed(digits));
}

function stretchAt({ offset, scale: factor }: Zoom, scale: TimeScale): Stretch {
  return { from: scale.invert(offset) - scale.start, to: scale.invert(offset + 100 / factor) - scale.start };
}
