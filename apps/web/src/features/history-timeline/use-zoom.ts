'use client';
import { useQueryStates } from 'nuqs';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { timelineParsers } from '../../data/run-tab-state.ts';
import type { Zoom } from './zoom.ts';
import { clampZoom, FIT, panBy, zoomAbout } from './zoom.ts';

const URL_MS = 300;

export interface ZoomControl {
  readonly zoom: Zoom;
  readonly set: (zoom: Zoom) => void;
  readonly by: (factor: number) => void;
  readonly pan: (share: number) => void;
}

/** Writes the variables in the next frame; the address follows once the hand rests. There is no `root` before the history is here. */
export function useZoom(root: HTMLElement | null): ZoomControl {
  const [{ z, at }, setState] = useQueryStates(timelineParsers, { history: 'replace', scroll: false });
  const [zoom, setZoom] = useState<Zoom>(() => clampZoom({ scale: z ?? 1, offset: at ?? 0 }));
  const current = useRef(zoom);
  const frame = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const set = useCallback(
    (next: Zoom) => {
      current.current = next;
      cancelAnimationFrame(frame.current);
      frame.current = requestAnimationFrame(() => {
        if (root !== null) show(root, next);
        setZoom(next);
      });
      clearTimeout(timer.current);
      timer.current = setTimeout(
        () =>
          void setState(
            next.scale === 1 ? { z: null, at: null } : { z: Number(next.scale.toFixed(3)), at: Number(next.offset.toFixed(3)) },
          ),
        URL_MS,
      );
    },
    [root, setState],
  );

  useEffect(() => {
    if (root === null) return undefined;
    show(root, current.current);
    const wheel = (event: WheelEvent) => {
      const lane = (event.target as HTMLElement).closest('.tl-lane, .tl-axis');
      if (lane === null) return;
      const box = lane.getBoundingClientRect();
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault();
        set(zoomAbout(current.current, Math.exp(-event.deltaY * 0.004), (event.clientX - box.left) / box.width));
      } else if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
        event.preventDefault();
        set(panBy(current.current, (event.shiftKey ? event.deltaY || event.deltaX : event.deltaX) / box.width));
      }
    };
    root.addEventListener('wheel', wheel, { passive: false });
    return () => root.removeEventListener('wheel', wheel);
  }, [root, set]);

  return useMemo(
    () => ({
      zoom,
      set,
      by: (factor) => set(factor === 0 ? FIT : zoomAbout(current.current, factor, 0.5)),
      pan: (share) => set(panBy(current.current, share)),
    }),
    [zoom, set],
  );
}

function show({ style }: HTMLElement, { scale, offset }: Zoom): void {
  style.setProperty('--zk', String(scale));
  style.setProperty('--z0', String(offset));
}
