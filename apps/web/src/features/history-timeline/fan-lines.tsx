import { useMemo } from 'react';
import { groupLook } from '../../domain/status.ts';
import type { TimeScale } from '../../domain/time-scale.ts';
import type { TimelineRow } from '../../domain/timeline-layout.ts';
import { reachOf } from './reach.ts';
import { StretchedLines } from './stretched-lines.tsx';
import { useDrawnZoom } from './use-zoom.ts';
import type { ZoomControl } from './zoom-control.ts';

/** More than this many lines in the visible width add nothing to the picture of a woven row. */
const LINES_MAX = 260;
const LANES = 4;
/** From the middle of one lane to that of the next, pixels. */
const LANE_PX = 4;
/** A line is as long as this share of the visible width, however short its time was. */
const LENGTH_MIN = 0.001;

/** The members of a woven row, each a line: one path for each tone, whatever their number. */
export function FanLines({ row, scale, control }: { row: TimelineRow; scale: TimeScale; control: ZoomControl }) {
  const zoom = useDrawnZoom(control, scale);
  const { members } = row;
  const drawn = useMemo(() => {
    const width = 100 / zoom.scale;
    const reach = reachOf(zoom);
    const from = Math.max(0, reach.from);
    const to = Math.min(100, reach.to);
    const grain = width / LINES_MAX;
    const seen = new Set<string>();
    const paths = new Map<string, string>();
    for (const [index, group] of members.entries()) {
      const a = scale.at(group.openedAt);
      const b = Math.max(scale.at(Math.min(group.endedAt ?? scale.end, scale.end)), a + width * LENGTH_MIN);
      if (b < from || a > to) continue;
      const lane = index % LANES;
      const place = `${lane} ${Math.round(a / grain)} ${Math.round(b / grain)}`;
      if (seen.has(place)) continue;
      seen.add(place);
      const { tone } = groupLook(group.status);
      const line = `M${(Math.max(a, from) - from).toFixed(4)} ${lane * LANE_PX + 1}H${(Math.min(b, to) - from).toFixed(4)}`;
      paths.set(tone, (paths.get(tone) ?? '') + line);
    }
    return { from, width: to - from, paths };
  }, [members, scale, zoom]);
  return <StretchedLines className="fan" from={drawn.from} width={drawn.width} height={(LANES - 1) * LANE_PX + 2} paths={drawn.paths} />;
}
