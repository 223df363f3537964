'use client';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { paths } from '../../data/paths.ts';
import type { RunAttemptsView } from '../../data/run-attempts.ts';
import { useWireBodies } from '../../data/run-payloads.ts';
import type { RunView } from '../../data/run-view.ts';
import type { Group, WorkflowTask } from '../../domain/event-groups.ts';
import { kindIcon } from '../../domain/kind.ts';
import type { GroupStatus } from '../../domain/status.ts';
import { groupLook } from '../../domain/status.ts';
import { readExact } from '../../domain/wire-payload.ts';
import { formatCount } from '../../lib/number.ts';
import { Icon } from '../../ui/icon.tsx';
import { Inspector } from '../../ui/inspector.tsx';
import { MaskedJson } from '../../ui/payload/masked-json.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { stepTabs } from '../../ui/tab-keys.ts';
import { AttemptsTab } from './attempts-tab.tsx';
import { GroupFacts } from './group-facts.tsx';
import { InspectorData } from './inspector-data.tsx';
import { PendingData } from './pending-data.tsx';
import { TaskFacts } from './task-facts.tsx';

export interface InspectorProps {
  readonly view: RunView;
  readonly attempts: RunAttemptsView;
  readonly eventId: number;
  readonly now: number;
  readonly onClose: () => void;
  readonly onStep: (by: 1 | -1) => void;
  /** Which run it is of, where that is not the page's own. */
  readonly runLine?: ReactNode;
}

const TASK_STATUS = { open: 'running', completed: 'completed', timedout: 'timedout', failed: 'failed' } as const satisfies Record<
  WorkflowTask['status'],
  GroupStatus
>;
const TABS = ['Facts', 'Attempts', 'Input', 'Result', 'JSON'] as const;

export function TimelineInspector({ view, attempts, eventId, now, onClose, onStep, runLine }: InspectorProps) {
  const group = view.groups.byEvent.get(eventId);
  const task = view.groups.taskByEvent.get(eventId);
  const [chosen, setTab] = useState<(typeof TABS)[number]>('Facts');
  if (group === undefined && task === undefined) return null;
  const title = group?.name ?? `Workflow task ${task?.index ?? ''}`;
  const ids = group?.eventIds ?? task?.eventIds ?? [];
  const { tried, tries, hasTries } = triesOf(attempts, group, task);
  const tab = chosen === 'Attempts' && !hasTries ? 'Facts' : chosen;
  const look = groupLook(group?.status ?? TASK_STATUS[task?.status ?? 'open']);
  return (
    <Inspector label={`Inspector: ${title}`}>
      <div className="insp-head">
        <div className="row">
          <Icon name={group ? kindIcon(group.kind) : 'wft'} />
          <h2 className="cut">{title}</h2>
          <Link className="mono dim quietl" href={paths.event(view.run, eventId)}>
            #{eventId}
          </Link>
          <span className="grow" />
          <button className="btn quiet icon insp-close" type="button" aria-label="Previous row" onClick={() => onStep(-1)}>
            <Icon name="up" />
          </button>
          <button className="btn quiet icon insp-close" type="button" aria-label="Next row" onClick={() => onStep(1)}>
            <Icon name="down" />
          </button>
          <button className="btn quiet icon" type="button" aria-label="Close inspector" onClick={onClose}>
            <Icon name="x" />
          </button>
        </div>
        <div className="row small">
          <StatusMark
            look={look}
            text={group && group.attempt > 1 && group.endedAt === undefined ? `${look.word}, attempt ${group.attempt}` : look.word}
            loud
          />
          {group?.label ? <span className="dim cut">{group.label}</span> : null}
        </div>
        {runLine}
      </div>
      <div className="tabs" role="tablist" aria-label={title}>
        {TABS.filter((one) => one !== 'Attempts' || hasTries).map((one) => (
          <button
            key={one}
            className="tabb"
            type="button"
            role="tab"
            aria-selected={tab === one}
            tabIndex={tab === one ? 0 : -1}
            onKeyDown={stepTabs}
            onClick={() => setTab(one)}
          >
            {one} {one === 'Attempts' ? <span className="n">{formatCount(tries)}</span> : null}
          </button>
        ))}
      </div>
      <div className="scroll" tabIndex={0} role="tabpanel" aria-label={tab}>
        {tab === 'Facts' ? (
          group ? (
            <GroupFacts view={view} group={group} now={now} />
          ) : task ? (
            <TaskFacts view={view} task={task} />
          ) : null
        ) : tab === 'Attempts' ? (
          <AttemptsTab view={view} group={group} tried={tried} isKept={attempts.kept !== null} now={now} />
        ) : (
          <EventData
            view={view}
            ids={ids}
            tab={tab}
            pending={group?.endedAt === undefined && group?.kind === 'activity' ? group.key : undefined}
          />
        )}
      </div>
    </Inspector>
  );
}

function triesOf(attempts: RunAttemptsView, group: Group | undefined, task: WorkflowTask | undefined) {
  const tried = group === undefined ? attempts.ofTask(task?.id ?? 0) : attempts.ofActivity(group.id);
  const hasTries = tried !== undefined || (group?.kind === 'activity' && group.attempt > 1);
  return { tried, hasTries, tries: tried?.total ?? group?.attempt ?? 1 };
}

interface EventDataProps {
  readonly view: RunView;
  readonly ids: readonly number[];
  readonly tab: 'Input' | 'Result' | 'JSON';
  /** The id of an activity that has not ended. */
  readonly pending: string | undefined;
}

function EventData({ view, ids, tab, pending }: EventDataProps) {
  if (tab === 'JSON') return <Bodies view={view} ids={ids} />;
  return (
    <>
      <InspectorData run={view.run} ids={ids} part={tab === 'Input' ? 'input' : 'result'} />
      {tab === 'Result' && pending !== undefined ? <PendingData run={view.run} activityId={pending} /> : null}
    </>
  );
}

function Bodies({ view, ids }: { view: RunView; ids: readonly number[] }) {
  const { bodies } = useWireBodies(view.run, ids);
  return (
    <>
      {(bodies ?? []).map((one) => (
        <section className="sec" key={one.id}>
          <h3>Event {one.id}</h3>
          <MaskedJson value={readExact(one.body)} label={`Event ${one.id}`} place={`event ${one.id}`} />
        </section>
      ))}
    </>
  );
}
