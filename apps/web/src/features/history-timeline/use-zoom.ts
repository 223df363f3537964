'use client';
import { useQueryStates } from 'nuqs';
import type { CSSProperties } from 'react';
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { timelineParsers } from '../../data/run-tab-state.ts';
import type { RunView } from '../../data/run-view.ts';
import type { TimeScale } from '../../domain/time-scale.ts';
import { beforeCopy } from '../../ui/copy-link.ts';
import type { Ground } from './hold.ts';
import { addressOf, groundOf, holdIn, zoomOf } from './hold.ts';
import type { Timeline } from './use-timeline.ts';
import { ZoomControl } from './zoom-control.ts';
import type { Zoom } from './zoom.ts';

const URL_MS = 300;

interface ZoomOf {
  readonly control: ZoomControl;
  readonly ground: Ground;
  /** Of the element that holds all that the window moves; it is not there before the history is. */
  readonly frame: { readonly ref: (root: HTMLElement | null) => void; readonly style: CSSProperties };
}

/** The control that the address began; the address follows it once the hand rests. */
export function useZoom(timeline: Timeline, view: RunView): ZoomOf {
  const ground = groundOf(timeline, view);
  const [{ t0, t1 }, setState] = useQueryStates(timelineParsers, { history: 'replace', scroll: false });
  const [control] = useState(() => new ZoomControl(holdIn({ t0, t1 }), ground));
  const [root, setRoot] = useState<HTMLElement | null>(null);
  const [first] = useState(control.live);

  useEffect(() => (root === null ? undefined : control.attach(root)), [control, root]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let written = control.hold();
    // A window may also move by itself: it keeps to the same then.
    const isWritten = () => control.hold() === written;
    const write = () => {
      clearTimeout(timer);
      if (isWritten()) return undefined;
      written = control.hold();
      return setState(addressOf(written));
    };
    const stop = control.follow(() => {
      if (isWritten()) return;
      clearTimeout(timer);
      timer = setTimeout(() => void write(), URL_MS);
    });
    const stopCopying = beforeCopy(write);
    return () => {
      stop();
      stopCopying();
      clearTimeout(timer);
    };
  }, [control, setState]);
  return { control, ground, frame: { ref: setRoot, style: { '--zk': first.scale, '--z0': first.offset } } };
}

/** The window that is drawn, which is where the hand rests; a component that reads it is drawn anew then and not in between. */
export function useDrawnZoom(control: ZoomControl, scale: TimeScale): Zoom {
  const drawn = useSyncExternalStore(control.subscribe, control.drawn, control.drawn);
  return useMemo(() => zoomOf(drawn, scale), [drawn, scale]);
}
