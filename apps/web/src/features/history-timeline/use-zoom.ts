'use client';
import { useQueryStates } from 'nuqs';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { timelineParsers } from '../../data/run-tab-state.ts';
import { ZoomControl } from './zoom-control.ts';
import type { Zoom } from './zoom.ts';
import { clampZoom } from './zoom.ts';

const URL_MS = 300;

/** The control that the address began; the address follows it once the hand rests. There is no `root` before the history is here. */
export function useZoom(root: HTMLElement | null): ZoomControl {
  const [{ z, at }, setState] = useQueryStates(timelineParsers, { history: 'replace', scroll: false });
  const [control] = useState(() => new ZoomControl(clampZoom({ scale: z ?? 1, offset: at ?? 0 })));

  useEffect(() => (root === null ? undefined : control.attach(root)), [control, root]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = control.follow(({ scale, offset }) => {
      clearTimeout(timer);
      const state = scale === 1 ? { z: null, at: null } : { z: Number(scale.toFixed(3)), at: Number(offset.toFixed(3)) };
      timer = setTimeout(() => void setState(state), URL_MS);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [control, setState]);
  return control;
}

/** The window that is drawn, which is where the hand rests; a component that reads it is drawn anew then and not in between. */
export const useDrawnZoom = (control: ZoomControl): Zoom => useSyncExternalStore(control.subscribe, control.drawn, control.drawn);
