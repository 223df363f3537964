'use client';
import Link from 'next/link';
import { useState } from 'react';
import { paths } from '../../data/paths.ts';
import type { RunView } from '../../data/run-view.ts';
import type { GroupKind } from '../../domain/event-groups.ts';
import { kindIcon } from '../../domain/kind.ts';
import type { PendingTask } from '../../domain/run-event.ts';
import type { ComparedThing } from '../../domain/state-difference.ts';
import type { OpenThing, StateView } from '../../domain/state-view.ts';
import { isOpen, runLook } from '../../domain/status.ts';
import { formatDuration } from '../../lib/duration.ts';
import { formatCount, plural } from '../../lib/number.ts';
import { cx } from '../../lib/text.ts';
import { Icon } from '../../ui/icon.tsx';

interface Props {
  readonly view: RunView;
  readonly now: StateView;
  readonly things: readonly ComparedThing[];
  readonly at: number;
}

const SHOWN_MAX = 100;

/** What the run waits for after this event, and what of it is not the same at the other position. */
export function OpenNow({ view, now, things, at }: Props) {
  const [isWhole, setWhole] = useState(false);
  // What changed comes first, so that a long list hides nothing of it.
  const sorted = [...things].sort((a, b) => Number(b.change !== undefined) - Number(a.change !== undefined));
  const shown = isWhole ? sorted : sorted.slice(0, SHOWN_MAX);
  return (
    <section className="col" aria-labelledby="state-open">
      <header>
        <h2 id="state-open">Open now</h2>
        <span className="axis">{summary(now.open)}</span>
      </header>
      <div className="scroll" tabIndex={0} role="group" aria-label="Open now">
        {things.length === 0 && !(at === view.events.length && view.description?.task) ? <p className="mid">{nothing(now)}</p> : null}
        <ul>
          {at === view.events.length && view.description?.task ? <TaskAtEnd task={view.description.task} /> : null}
          {shown.map((one) => (
            <Thing key={one.thing.key} view={view} one={one} at={at} />
          ))}
        </ul>
        {shown.length < things.length ? (
          <button className="linkb small" type="button" onClick={() => setWhole(true)}>
            Show all {formatCount(things.length)}
          </button>
        ) : null}
      </div>
    </section>
  );
}

/** Tries of a workflow task after the first are not in history before they succeed; the server tells of them. */
function TaskAtEnd({ task: { state, attempt } }: { task: PendingTask }) {
  return (
    <li className="en">
      <Icon name="wft" />
      <span className="cut">
        <span className="strong">Workflow task</span>{' '}
        <span className="dim">
          {attempt > 1 ? `attempt ${attempt}, ` : ''}
          {state === 'Started' ? 'running' : 'waits for a worker'}, as the server says
        </span>
      </span>
    </li>
  );
}

const nothing = ({ status, at }: StateView): string =>
  at === 0
    ? 'The run has not begun.'
    : isOpen(status)
      ? 'Nothing is open: the run waits for its workflow task, a message, or a condition of its own.'
      : `Nothing: the run is ${runLook(status).word.toLowerCase()}.`;

const WORDS: Readonly<Partial<Record<GroupKind | 'task', readonly [string, string]>>> = {
  activity: ['activity', 'activities'],
  timer: ['timer', 'timers'],
  child: ['child', 'children'],
  external: ['message on its way', 'messages on their way'],
  update: ['update', 'updates'],
  nexus: ['operation', 'operations'],
};

function summary(open: readonly OpenThing[]): string {
  const counts = new Map<GroupKind | 'task', number>();
  for (const { kind } of open) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].map(([kind, count]) => plural(count, ...(WORDS[kind] ?? [kind, `${kind}s`]))).join(', ');
}

const TAGS = { new: 'new', changed: 'changed', gone: 'closed' } as const;

function Thing({ view, one: { thing, change, note, endId }, at }: { view: RunView; one: ComparedThing; at: number }) {
  const group = view.groups.byEvent.get(thing.id);
  const opened = view.events[thing.id - 1]?.at;
  const here = view.events[(endId ?? at) - 1]?.at;
  const isGone = change === 'gone';
  const isAhead = isGone && note === 'not there yet';
  const shownId = endId ?? thing.id;
  const isTimer = thing.dueAt !== undefined && !isGone;
  const age = opened === undefined || here === undefined || isAhead || isTimer ? undefined : formatDuration(here - opened);
  return (
    <li className={cx('en', change !== undefined && !isGone && 'ch', isGone && 'gone')}>
      <Icon name={thing.kind === 'task' ? 'wft' : kindIcon(thing.kind)} />
      <span className="cut" title={thing.phase === 'scheduled' ? 'History records an attempt once it has ended.' : undefined}>
        <span className="strong">{group?.name ?? thing.name}</span> <span className="dim">{isGone ? note : phaseOf(view, thing, at)}</span>
        {change === 'changed' ? <span className="dim"> (was {note})</span> : null}
      </span>
      {age === undefined ? null : (
        <span className="dim age" title={isGone ? 'Lasted' : 'Open for'}>
          {age}
        </span>
      )}
      {thing.dueAt === undefined || here === undefined || isGone ? null : (
        <span className="dim due">{thing.phase === 'left open' ? 'never fired' : `fires in ${formatDuration(thing.dueAt - here)}`}</span>
      )}
      {change === undefined ? null : <span className="tag">{isAhead ? 'later' : TAGS[change]}</span>}
      <Link className="mono dim quietl nid" href={paths.event(view.run, shownId)} aria-label={`Event ${shownId}`}>
        #{shownId}
      </Link>
    </li>
  );
}

/** Attempts of an open activity write no events; at the end of an open run the server's own description tells them. */
function phaseOf({ groups, events }: RunView, thing: OpenThing, at: number): string {
  const pending = at === events.length ? groups.byEvent.get(thing.id)?.pending : undefined;
  if (pending === undefined || thing.kind !== 'activity') return thing.phase;
  const { attempt } = pending;
  if (pending.isPaused) return `now paused at attempt ${attempt}`;
  if (pending.startedAt !== null && pending.state === 'Started')
    return `now in attempt ${attempt}${pending.worker ? ` on ${pending.worker}` : ''}`;
  return attempt > 1 ? `now waiting for attempt ${attempt}` : 'now waiting in its queue';
}
