'use client';
import { useQueryStates } from 'nuqs';
import { useCallback, useDeferredValue, useMemo, useRef, useState } from 'react';
import { isAway } from '../../data/api-client.ts';
import { setPreferences, usePreference } from '../../data/preferences.ts';
import { timelineParsers } from '../../data/run-tab-state.ts';
import { useRunAttempts } from '../../data/run-attempts.ts';
import { useRunParams } from '../../data/run-params.ts';
import type { RunView } from '../../data/run-view.ts';
import { useRunView } from '../../data/run-view.ts';
import type { GroupKind } from '../../domain/event-groups.ts';
import { formatCount } from '../../lib/number.ts';
import { Hollow } from '../../ui/hollow.tsx';
import { NotHereYet } from '../../ui/not-here-yet.tsx';
import { useNow } from '../../ui/use-now.ts';
import { gapWords } from './gap-row.tsx';
import { PathFoot } from './path-foot.tsx';
import { TimelineAxis } from './timeline-axis.tsx';
import { TimelineBody } from './timeline-body.tsx';
import { TimelineFoot } from './timeline-foot.tsx';
import { TimelineInspector } from './timeline-inspector.tsx';
import { TimelineMap } from './timeline-map.tsx';
import { TimelineSkeleton } from './timeline-skeleton.tsx';
import { TimelineTools } from './timeline-tools.tsx';
import { useCriticalPath } from './use-critical-path.ts';
import { useExpanded } from './use-expanded.ts';
import { useNamedRow } from './use-named-row.ts';
import { useNextFailure } from './use-next-failure.ts';
import { useRows } from './use-rows.ts';
import { useTimeline } from './use-timeline.ts';
import { useTimelineKeys } from './use-timeline-keys.ts';
import { useZoom } from './use-zoom.ts';
import './history-timeline.css';
import './critical-path.css';

export function Timeline() {
  const run = useRunParams();
  const view = useRunView(run);
  const attempts = useRunAttempts(view);
  const foldsIdle = usePreference('foldsIdle');
  const showsTries = usePreference('showsTries');
  const [{ sel, find, hide, path: showsPath }, setState] = useQueryStates(timelineParsers, { history: 'replace', scroll: false });
  const { expanded, onExpand, toggle } = useExpanded();
  const isOpenRun = view.description?.closedAt === null;
  const clock = useNow(isOpenRun && view.stoppedAt === undefined);
  const now = view.stoppedAt ?? clock;
  const hidden = useMemo(() => new Set(hide.split(',').filter(Boolean) as GroupKind[]), [hide]);
  // What is typed stands there at once; the rows follow, and give way to what is typed next.
  const sought = useDeferredValue(find);
  const timeline = useTimeline(view, { now, foldsIdle, expanded, find: sought, hidden, attempts, showsTries });
  const { rows, scale, end, isRunning } = timeline;
  const togglePath = () => void setState({ path: showsPath ? null : true });
  const path = useCriticalPath(view, { isShown: showsPath, end, attempts });
  const [root, setRoot] = useState<HTMLDivElement | null>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const control = useZoom(root);
  const [first] = useState(control.drawn);
  const { virtual, rowAt, scrollTo } = useRows(timeline, scroller);

  const selectRow = (index: number) => {
    const row = rows[index];
    if (row === undefined) return;
    void setState({ sel: row.group.id });
    scrollTo(index);
  };
  // The same functions from one drawing to the next, or every row is drawn with each.
  const onSelect = useCallback((id: number) => void setState({ sel: id }), [setState]);
  const goToFailure = useNextFailure(rows, { selected: sel, onSelect, onExpand, scrollTo });
  useNamedRow(rows, { named: sel, onExpand, scrollTo });
  const here = rows.findIndex((row) => row.group.id === sel && (row.members.length === 1 || !row.isExpanded));
  useTimelineKeys({
    move: (by) => selectRow(Math.min(Math.max((here < 0 ? -1 : here) + by, 0), rows.length - 1)),
    toggle: () => rows[here]?.isExpandable && toggle(rows[here].key),
    clear: () => void setState({ sel: null }),
    control,
    nextFailure: goToFailure,
    tries: () => setPreferences({ showsTries: !showsTries }),
    path: togglePath,
  });

  if (view.events.length === 0) {
    if (view.isLoading)
      return (
        <div className="pg-timeline late">
          <TimelineSkeleton />
        </div>
      );
    return isAway(view.error) ? <NotHereYet what="The history is" /> : null;
  }
  const nowAt = isRunning ? scale.at(end) : undefined;
  return (
    <div className="pg-timeline" aria-busy={view.isLoading}>
      <TimelineTools
        find={find}
        onFind={(text) => void setState({ find: text })}
        hidden={hidden}
        onHidden={(kinds) => void setState({ hide: [...kinds].join(',') })}
        groups={view.groups.groups}
        foldsIdle={foldsIdle}
        onFolds={() => setPreferences({ foldsIdle: !foldsIdle })}
        foldedMs={timeline.foldedMs}
        showsTries={attempts.kept ? showsTries : undefined}
        onTries={() => setPreferences({ showsTries: !showsTries })}
        showsPath={showsPath}
        onPath={togglePath}
        control={control}
      />
      <div className="tl" ref={setRoot} style={{ '--zk': first.scale, '--z0': first.offset }}>
        <TimelineMap view={view} timeline={timeline} control={control} />
        <TimelineAxis
          timeline={timeline}
          control={control}
          count={rows.length}
          nowAt={nowAt}
          nowWord={view.stoppedAt === undefined ? 'now' : 'last event'}
        />
        <div className="scroll" ref={scroller}>
          <TimelineBody
            view={view}
            timeline={timeline}
            control={control}
            virtual={virtual}
            rowAt={rowAt}
            nowAt={nowAt}
            selected={sel}
            hasSelectedRow={here >= 0}
            path={path}
            onSelect={onSelect}
            onToggle={toggle}
          />
          {rows.length === 0 && sought !== '' ? <Hollow title={<>Nothing in this run is called “{sought}”.</>} /> : null}
        </div>
        {view.isLoading ? (
          <ReadingFoot view={view} />
        ) : path === undefined ? (
          <TimelineFoot view={view} timeline={timeline} attempts={attempts} />
        ) : (
          <PathFoot path={path} start={timeline.start} end={end} onSelect={onSelect} />
        )}
      </div>
      {sel === null ? null : (
        <TimelineInspector
          key={sel}
          view={view}
          attempts={attempts}
          eventId={sel}
          now={end}
          onClose={() => void setState({ sel: null })}
          onStep={(by) => selectRow(Math.min(Math.max(here + by, 0), rows.length - 1))}
        />
      )}
    </div>
  );
}

/** How much of the history is here. */
const ReadingFoot = ({ view }: { readonly view: RunView }) => (
  <div className="tl-foot">
    <div className="tf-l dim late" role="status">
      {view.gap === undefined
        ? `${formatCount(view.events.length)} of ${formatCount(view.total)} events are here; the rest is being read.`
        : gapWords(view)}
    </div>
  </div>
);
