'use client';
import { useSyncExternalStore } from 'react';
import { formatDuration } from '../../lib/duration.ts';
import { Icon } from '../../ui/icon.tsx';
import type { Ground } from './hold.ts';
import { behindMs } from './hold.ts';
import type { ZoomControl } from './zoom-control.ts';
import './live-pill.css';

/** While a run goes on and the window stays behind: how far, and the way back. */
export function LivePill({ control, ground }: { control: ZoomControl; ground: Ground }) {
  const hold = useSyncExternalStore(control.subscribe, control.hold, control.hold);
  const behind = behindMs(hold, ground);
  if (behind === undefined) return null;
  return (
    <div className="tl-live">
      <button type="button" aria-keyshortcuts="." onClick={() => control.toLive()}>
        Back to live
        {/* In whole seconds: it counts with the clock of the page. */}
        {behind >= 1_000 ? <span className="num"> {formatDuration(Math.floor(behind / 1_000) * 1_000)} behind</span> : null}
        <Icon name="right" small />
      </button>
    </div>
  );
}
