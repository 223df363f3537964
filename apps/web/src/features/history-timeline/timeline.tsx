'use client';
import { useQueryStates } from 'nuqs';
import type { ComponentProps } from 'react';
import { useDeferredValue, useMemo, useRef } from 'react';
import { isAway } from '../../data/api-client.ts';
import { setPreferences, usePreference } from '../../data/preferences.ts';
import { timelineParsers } from '../../data/run-tab-state.ts';
import { useRunAttempts } from '../../data/run-attempts.ts';
import { useRunParams } from '../../data/run-params.ts';
import type { RunView } from '../../data/run-view.ts';
import { useRunView } from '../../data/run-view.ts';
import type { CriticalPath } from '../../domain/critical-path.ts';
import type { GroupKind } from '../../domain/event-groups.ts';
import { hasFailed, isPending } from '../../domain/next-step.ts';
import { formatCount } from '../../lib/number.ts';
import { Hollow } from '../../ui/hollow.tsx';
import { NotHereYet } from '../../ui/not-here-yet.tsx';
import { useNow } from '../../ui/use-now.ts';
import { ArrangeTools } from './arrange-tools.tsx';
import { chosenSteps, placeOf } from './chosen-steps.ts';
import { gapWords } from './gap-row.tsx';
import { LivePill } from './live-pill.tsx';
import { PathFoot } from './path-foot.tsx';
import { TimelineAxis } from './timeline-axis.tsx';
import { TimelineBody } from './timeline-body.tsx';
import { StepInspector } from './step-inspector.tsx';
import { TimelineFoot } from './timeline-foot.tsx';
import { TimelineMap } from './timeline-map.tsx';
import { TimelineSkeleton } from './timeline-skeleton.tsx';
import { TimelineTable } from './timeline-table.tsx';
import { TimelineTools } from './timeline-tools.tsx';
import { useArrangedScroll } from './use-arranged-scroll.ts';
import { useArrangement } from './use-arrangement.ts';
import { useChildren } from './use-children.ts';
import { useCriticalPath } from './use-critical-path.ts';
import { useExpanded } from './use-expanded.ts';
import { useNamedRow } from './use-named-row.ts';
import { useNextStep } from './use-next-step.ts';
import { useRowMoves } from './use-row-moves.ts';
import { useRows } from './use-rows.ts';
import { useTable } from './use-table.ts';
import { useTimeline } from './use-timeline.ts';
import { useTimelineKeys } from './use-timeline-keys.ts';
import { useZoom } from './use-zoom.ts';
import './history-timeline.css';
import './children.css';
import './critical-path.css';

export function Timeline() {
  const run = useRunParams();
  const view = useRunView(run);
  const attempts = useRunAttempts(view);
  const foldsIdle = usePreference('foldsIdle');
  const showsTries = usePreference('showsTries');
  const showsTasks = usePreference('showsTasks');
  const [{ find, hide, path: showsPath }, setState] = useQueryStates(timelineParsers, { history: 'replace', scroll: false });
  const children = useChildren(view);
  const { sel, to, onSelect, onExtend, onClear } = children;
  const { expanded, onExpand, toggle: toggleWoven } = useExpanded();
  const isOpenRun = view.description?.closedAt === null;
  const clock = useNow(isOpenRun && view.stoppedAt === undefined);
  const now = view.stoppedAt ?? clock;
  const hidden = useMemo(() => new Set(hide.split(',').filter(Boolean) as GroupKind[]), [hide]);
  // What is typed stands there at once; the rows follow, and give way to what is typed next.
  const sought = useDeferredValue(find);
  const arrangement = useArrangement();
  const { order, isTable } = arrangement;
  const { opened } = children;
  const laidOut = useTimeline(view, { now, foldsIdle, expanded, find: sought, hidden, attempts, showsTries, order, opened });
  const { timeline, sort, onSort } = useTable(laidOut, isTable);
  const { rows, scale, end, isRunning } = timeline;
  const togglePath = () => void setState((old) => ({ path: old.path ? null : true }));
  const path = useCriticalPath(view, { isShown: showsPath, end, attempts });
  const scroller = useRef<HTMLDivElement>(null);
  const { control, ground, frame } = useZoom(timeline, view);
  const { virtual, rowAt, scrollTo } = useRows(timeline, scroller, isTable ? 'head' : showsTasks ? 'tasks' : 'nothing');

  const { here, toggle, selectRow, move, leave, extend } = useRowMoves(rows, children, { expanded, toggleWoven, scrollTo });
  const goToStep = useNextStep(rows, { selected: sel, onSelect, onExpand, scrollTo });
  useNamedRow(rows, { named: sel, find: sought, onExpand, scrollTo });
  useArrangedScroll(rows, { order, selected: sel, scrollTo, scroller });
  const chosen = useMemo(() => chosenSteps(rows, [placeOf(rows, sel), placeOf(rows, to)], end), [rows, sel, to, end]);
  const showTasks = () => setPreferences({ showsTasks: !showsTasks });
  useTimelineKeys({
    move,
    toggle: () => rows[here]?.isExpandable && toggle(rows[here].key),
    leave,
    clear: onClear,
    control,
    nextFailure: (by) => goToStep(hasFailed, by),
    nextPending: () => goToStep(isPending, 1),
    nextMatch: find === '' ? undefined : (by) => goToStep(() => true, by),
    extend,
    inspector: () => (sel === null ? selectRow(0) : onClear()),
    tasks: showTasks,
    tries: () => setPreferences({ showsTries: !showsTries }),
    path: togglePath,
    live: ground.isLive && !isTable ? () => control.toLive() : undefined,
    table: arrangement.onTable,
    isTable,
  });

  if (view.events.length === 0) return <Nothing view={view} />;
  const nowAt = isRunning ? scale.at(end) : undefined;
  const nowWord = view.stoppedAt === undefined ? 'now' : 'last event';
  const choice = { selected: sel, hasSelectedRow: here >= 0, chosen, onSelect, onExtend };
  const shown = { ...choice, view, timeline, virtual, rowAt, path, onToggle: toggle };
  return (
    <div className="pg-timeline" aria-busy={view.isLoading}>
      <TimelineTools
        find={find}
        onFind={(text) => void setState({ find: text })}
        hidden={hidden}
        onHidden={(kinds) => void setState({ hide: [...kinds].join(',') })}
        groups={view.groups.groups}
        foldedMs={timeline.foldedMs}
        showsTasks={showsTasks}
        onTasks={showTasks}
        showsTries={attempts.kept ? showsTries : undefined}
        onTries={() => setPreferences({ showsTries: !showsTries })}
        showsPath={showsPath}
        onPath={togglePath}
        control={control}
        arrange={<ArrangeTools arrangement={arrangement} />}
        isTable={isTable}
      />
      <div className="tl" {...(isTable ? {} : frame)}>
        {isTable ? null : <TimelineMap view={view} timeline={timeline} control={control} />}
        {isTable ? null : <TimelineAxis {...{ timeline, control, order, nowAt }} count={rows.length} nowWord={nowWord} />}
        {isTable ? null : <LivePill control={control} ground={ground} />}
        <div className="scroll" ref={scroller}>
          {isTable ? (
            <TimelineTable {...shown} sort={sort} onSort={onSort} />
          ) : (
            <TimelineBody {...shown} control={control} nowAt={nowAt} showsTasks={showsTasks} />
          )}
          {rows.length === 0 && sought !== '' ? <Hollow title={<>Nothing in this run is called “{sought}”.</>} /> : null}
        </div>
        <Foot view={view} timeline={timeline} attempts={attempts} chosen={chosen} path={path} onSelect={onSelect} />
      </div>
      {sel === null ? null : (
        <StepInspector
          key={sel}
          childRuns={children}
          view={view}
          attempts={attempts}
          eventId={sel}
          now={end}
          onClose={onClear}
          onStep={move}
        />
      )}
    </div>
  );
}

function Nothing({ view }: { view: RunView }) {
  if (!view.isLoading) return isAway(view.error) ? <NotHereYet what="The history is" /> : null;
  return (
    <div className="pg-timeline late">
      <TimelineSkeleton />
    </div>
  );
}

interface FootProps extends ComponentProps<typeof TimelineFoot> {
  readonly path: CriticalPath | undefined;
  readonly onSelect: (eventId: number) => void;
}

/** What is not here yet; then where the time went, of the run or of its critical path. */
function Foot({ path, onSelect, ...about }: FootProps) {
  const { view, timeline } = about;
  if (view.isLoading)
    return (
      <div className="tl-foot">
        <div className="tf-l dim late" role="status">
          {view.gap === undefined
            ? `${formatCount(view.events.length)} of ${formatCount(view.total)} events are here; the rest is being read.`
            : gapWords(view)}
        </div>
      </div>
    );
  if (path === undefined) return <TimelineFoot {...about} />;
  return <PathFoot path={path} start={timeline.start} end={timeline.end} onSelect={onSelect} />;
}
