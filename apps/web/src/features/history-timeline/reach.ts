/** How far beside the window things are drawn, so that a hand which moves it finds them there. */
import type { TimeScale } from '../../domain/time-scale.ts';
import { axisTicks } from '../../domain/time-scale.ts';
import type { Zoom } from './zoom.ts';

/** Widths of the window, to either side. */
const REACH = 1;
/** In the visible width. */
const TICKS_MOST = 8;

/** Per cent of the whole. */
export interface Reach {
  readonly from: number;
  readonly to: number;
}

export function reachOf({ scale, offset }: Zoom): Reach {
  const width = 100 / scale;
  return { from: offset - width * REACH, to: offset + width * (1 + REACH) };
}

/** Whether what was drawn for one window shows all of another. */
export function covers(drawn: Zoom, seen: Zoom): boolean {
  const { from, to } = reachOf(drawn);
  return seen.offset >= from && seen.offset + 100 / seen.scale <= to;
}

export function ticksInReach(scale: TimeScale, zoom: Zoom) {
  return axisTicks(scale, { ...reachOf(zoom), most: TICKS_MOST * (1 + 2 * REACH) });
}
