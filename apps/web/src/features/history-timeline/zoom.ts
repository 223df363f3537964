/** The window on the time axis. */
export interface Zoom {
  /** Per cent of the whole at the left edge. */
  readonly offset: number;
  /** 1 shows everything. */
  readonly scale: number;
}

export const FIT: Zoom = { offset: 0, scale: 1 };
const SCALE_MAX = 2000;

export function clampZoom({ offset, scale }: Zoom): Zoom {
  const bounded = Math.min(Math.max(scale, 1), SCALE_MAX);
  return { scale: bounded, offset: Math.min(Math.max(offset, 0), 100 - 100 / bounded) };
}

/** Keeps the point under the cursor where it is. `at` is 0 to 1 across the visible width. */
export function zoomAbout(zoom: Zoom, factor: number, at: number): Zoom {
  const scale = Math.min(Math.max(zoom.scale * factor, 1), SCALE_MAX);
  const pinned = zoom.offset + (at * 100) / zoom.scale;
  return clampZoom({ scale, offset: pinned - (at * 100) / scale });
}

export const panBy = (zoom: Zoom, share: number): Zoom =>
  clampZoom({ scale: zoom.scale, offset: zoom.offset + (share * 100) / zoom.scale });

/** A stretch in per cent of the whole, with a little air on both sides. */
export function zoomTo(from: number, to: number): Zoom {
  const width = Math.max(to - from, 100 / SCALE_MAX) * 1.25;
  return clampZoom({ scale: 100 / width, offset: (from + to) / 2 - width / 2 });
}
