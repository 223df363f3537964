'use client';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useQueryStates } from 'nuqs';
import { useEffect, useMemo, useRef, useState } from 'react';
import { isAway } from '../../data/api-client.ts';
import { setPreferences, usePreferences } from '../../data/preferences.ts';
import { timelineParsers } from '../../data/run-tab-state.ts';
import { useRunParams } from '../../data/run-params.ts';
import { useRunView } from '../../data/run-view.ts';
import type { GroupKind } from '../../domain/event-groups.ts';
import { axisTicks } from '../../domain/time-scale.ts';
import { Hollow } from '../../ui/hollow.tsx';
import type { Shortcut } from '../../ui/shortcuts.ts';
import { useShortcuts } from '../../ui/shortcuts.ts';
import { useNow } from '../../ui/use-now.ts';
import { TimelineAxis } from './timeline-axis.tsx';
import { TimelineFoot } from './timeline-foot.tsx';
import { TimelineInspector } from './timeline-inspector.tsx';
import { TimelineMap } from './timeline-map.tsx';
import { BarRow, TaskRow } from './timeline-row.tsx';
import { TimelineTools } from './timeline-tools.tsx';
import { useTimeline } from './use-timeline.ts';
import { useZoom } from './use-zoom.ts';
import type { Zoom } from './zoom.ts';
import { zoomTo } from './zoom.ts';
import './history-timeline.css';

const ROW_PX = { row: 32, sub: 24, narrow: 46, narrowSub: 38 };

export function Timeline() {
  const run = useRunParams();
  const view = useRunView(run);
  const { foldsIdle } = usePreferences();
  const [{ sel, find, hide }, setState] = useQueryStates(timelineParsers, { history: 'replace', scroll: false });
  const [expanded, setExpanded] = useState<ReadonlySet<string>>(new Set());
  const isOpenRun = view.description?.closedAt === null;
  const now = useNow(isOpenRun);
  const hidden = useMemo(() => new Set(hide.split(',').filter(Boolean) as GroupKind[]), [hide]);
  const timeline = useTimeline(view, { now, foldsIdle, expanded, find, hidden });
  const { rows, scale, end, isRunning } = timeline;
  const root = useRef<HTMLDivElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const control = useZoom(root);
  const isNarrow = useNarrow();
  const size = (index: number) => {
    const isSub = rows[index - 1]?.level === 2;
    return isNarrow ? (isSub ? ROW_PX.narrowSub : ROW_PX.narrow) : isSub ? ROW_PX.sub : ROW_PX.row;
  };
  const virtual = useVirtualizer({
    count: rows.length + 1,
    getScrollElement: () => scroller.current,
    estimateSize: size,
    overscan: 10,
    getItemKey: (index) => (index === 0 ? 'tasks' : (rows[index - 1]?.key ?? index)),
  });
  useEffect(() => virtual.measure(), [virtual, isNarrow, rows]);

  const selectRow = (index: number) => {
    const row = rows[index];
    if (row === undefined) return;
    void setState({ sel: row.group.id });
    virtual.scrollToIndex(index + 1);
  };
  const here = rows.findIndex((row) => row.group.id === sel && (row.members.length === 1 || !row.isExpanded));
  const toggle = (key: string) =>
    setExpanded((old) => (old.has(key) ? new Set([...old].filter((one) => one !== key)) : new Set([...old, key])));
  useTimelineKeys({
    move: (by) => selectRow(Math.min(Math.max((here < 0 ? -1 : here) + by, 0), rows.length - 1)),
    toggle: () => rows[here]?.isExpandable && toggle(rows[here].key),
    clear: () => void setState({ sel: null }),
    control,
    nextFailure: (by) => selectRow(nextOf(rows, here, by)),
  });

  if (view.events.length === 0) {
    if (view.isLoading)
      return (
        <div className="pg-timeline late">
          <TimelineSkeleton />
        </div>
      );
    return isAway(view.error) ? (
      <Hollow icon="plug" title="The history is not here yet.">
        <p className="mid">It is read as soon as the engine answers.</p>
      </Hollow>
    ) : null;
  }
  const nowAt = isRunning ? scale.at(end) : undefined;
  return (
    <div className="pg-timeline">
      <TimelineTools
        find={find}
        onFind={(text) => void setState({ find: text })}
        hidden={hidden}
        onHidden={(kinds) => void setState({ hide: [...kinds].join(',') })}
        groups={view.groups.groups}
        foldsIdle={foldsIdle}
        onFolds={() => setPreferences({ foldsIdle: !foldsIdle })}
        foldedMs={timeline.foldedMs}
        control={control}
      />
      <div className="tl" ref={root}>
        <TimelineMap view={view} timeline={timeline} control={control} />
        <TimelineAxis timeline={timeline} control={control} count={rows.length} nowAt={nowAt} />
        <div className="scroll" ref={scroller}>
          <div
            className="tl-body"
            role="treegrid"
            aria-label="Timeline"
            aria-rowcount={rows.length + 1}
            style={{ height: virtual.getTotalSize() }}
          >
            <Ground timeline={timeline} zoom={control.zoom} nowAt={nowAt} />
            {virtual.getVirtualItems().map((item) => {
              const row = rows[item.index - 1];
              return (
                <div key={item.key} className="tl-slot" role="none" style={{ transform: `translateY(${item.start}px)` }}>
                  {item.index === 0 ? (
                    <TaskRow
                      tasks={view.groups.tasks}
                      scale={scale}
                      now={end}
                      zoomScale={control.zoom.scale}
                      selected={sel}
                      onSelect={(id) => void setState({ sel: id })}
                    />
                  ) : row ? (
                    <BarRow
                      row={row}
                      index={item.index}
                      scale={scale}
                      zoom={control.zoom}
                      now={end}
                      isSelected={row.group.id === sel && (row.members.length === 1 || !row.isExpanded)}
                      isFirst={item.index === 1 && here < 0}
                      onSelect={() => void setState({ sel: row.group.id })}
                      onToggle={() => toggle(row.key)}
                      onFit={() => control.set(zoomTo(scale.at(row.group.openedAt), scale.at(row.endMark?.at ?? end)))}
                    />
                  ) : null}
                </div>
              );
            })}
            {scale.folds.map((fold) => (
              <div key={fold.from} className="tl-fold" style={{ '--a': fold.a, '--n': fold.n } as React.CSSProperties} aria-hidden="true" />
            ))}
            {nowAt === undefined ? null : <div className="tl-now" style={{ '--a': nowAt } as React.CSSProperties} aria-hidden="true" />}
          </div>
          {rows.length === 0 && find !== '' ? <Hollow title={<>Nothing in this run is called “{find}”.</>} /> : null}
        </div>
        <TimelineFoot view={view} timeline={timeline} />
      </div>
      {sel === null ? null : (
        <TimelineInspector
          key={sel}
          view={view}
          eventId={sel}
          now={end}
          onClose={() => void setState({ sel: null })}
          onStep={(by) => selectRow(Math.min(Math.max(here + by, 0), rows.length - 1))}
        />
      )}
    </div>
  );
}

function Ground({ timeline, zoom, nowAt }: { timeline: ReturnType<typeof useTimeline>; zoom: Zoom; nowAt: number | undefined }) {
  return (
    <div className="tl-bg" aria-hidden="true">
      {axisTicks(timeline.scale, { from: zoom.offset, to: zoom.offset + 100 / zoom.scale }).map((tick) => (
        <i key={tick.offset} style={{ '--a': tick.a } as React.CSSProperties} />
      ))}
      {timeline.scale.folds.map((fold) => (
        <i key={fold.from} className="fold" style={{ '--a': fold.a, '--n': fold.n } as React.CSSProperties} />
      ))}
      {nowAt === undefined ? null : <i className="future" style={{ '--a': nowAt } as React.CSSProperties} />}
    </div>
  );
}

const isBad = (status: string): boolean => status === 'failed' || status === 'timedout' || status === 'retrying';

function nextOf(rows: ReturnType<typeof useTimeline>['rows'], here: number, by: 1 | -1): number {
  for (let step = 1; step <= rows.length; step++) {
    const index = (here + by * step + rows.length * 2) % rows.length;
    if (rows[index]?.members.some((group) => isBad(group.status))) return index;
  }
  return here;
}

interface TimelineKeys {
  readonly move: (by: number) => void;
  readonly toggle: () => void;
  readonly clear: () => void;
  readonly nextFailure: (by: 1 | -1) => void;
  readonly control: ReturnType<typeof useZoom>;
}

function useTimelineKeys(keys: TimelineKeys): void {
  const key = ([bound, shown]: readonly [string, string], label: string, run: () => void): Shortcut => ({
    keys: bound,
    shown,
    label,
    scope: 'Timeline',
    run,
  });
  useShortcuts([
    key(['j', 'j'], 'Next row', () => keys.move(1)),
    key(['k', 'k'], 'Previous row', () => keys.move(-1)),
    key(['ArrowDown', '↓'], 'Next row', () => keys.move(1)),
    key(['ArrowUp', '↑'], 'Previous row', () => keys.move(-1)),
    key(['ArrowRight', '→'], 'Open or close a woven row', () => keys.toggle()),
    key(['e', 'e'], 'Next failure', () => keys.nextFailure(1)),
    key(['Shift+E', '⇧ E'], 'Previous failure', () => keys.nextFailure(-1)),
    key(['=', '+'], 'Zoom in', () => keys.control.by(1.6)),
    key(['Shift++', '⇧ +'], 'Zoom in', () => keys.control.by(1.6)),
    key(['-', '−'], 'Zoom out', () => keys.control.by(1 / 1.6)),
    key(['0', '0'], 'Whole run', () => keys.control.by(0)),
    key(['Shift+ArrowLeft', '⇧ ←'], 'Earlier', () => keys.control.pan(-0.25)),
    key(['Shift+ArrowRight', '⇧ →'], 'Later', () => keys.control.pan(0.25)),
    key(['i', 'i'], 'Fold idle time', () => document.querySelector<HTMLButtonElement>('#fold-idle')?.click()),
    key(['/', '/'], 'Find in the run', () => document.querySelector<HTMLInputElement>('#find-in-run')?.focus()),
    key(['Escape', 'Esc'], 'Close the inspector', () => keys.clear()),
  ]);
}

function TimelineSkeleton() {
  return (
    <div className="tl" aria-busy="true">
      {Array.from({ length: 10 }, (_, index) => (
        <div key={index} className="tl-row">
          <div className="tl-name">
            <span className="sk" style={{ width: 90 + ((index * 37) % 70) }} />
          </div>
          <div className="tl-lane">
            <span
              className="sk"
              style={{ position: 'absolute', left: `${(index * 9) % 60}%`, top: 12, width: `${10 + ((index * 13) % 25)}%` }}
            />
          </div>
        </div>
      ))}
    </div>
  );
}

function useNarrow(): boolean {
  const [isNarrow, setNarrow] = useState(false);
  useEffect(() => {
    const query = matchMedia('(max-width: 640px)');
    const look = () => setNarrow(query.matches);
    look();
    query.addEventListener('change', look);
    return () => query.removeEventListener('change', look);
  }, []);
  return isNarrow;
}
