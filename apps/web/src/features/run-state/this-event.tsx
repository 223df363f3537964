'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useMemo } from 'react';
import { paths } from '../../data/paths.ts';
import { eventBodies } from '../../data/queries.ts';
import type { RunView } from '../../data/run-view.ts';
import type { Group } from '../../domain/event-groups.ts';
import { kindIcon } from '../../domain/kind.ts';
import type { RunEvent } from '../../domain/run-event.ts';
import { formatBytes } from '../../lib/number.ts';
import { cx } from '../../lib/text.ts';
import { Icon } from '../../ui/icon.tsx';
import { MaskedJson } from '../../ui/payload/masked-json.tsx';
import { useSettled } from '../../ui/use-settled.ts';

const SETTLE_MS = 120;

/** The event that led here: what its workflow task commanded, and its body. */
export function ThisEvent({ view, at }: { view: RunView; at: number }) {
  const event = view.events[at - 1];
  // A held key asks for nothing on its way.
  const settled = useSettled(at, SETTLE_MS);
  const { data, error } = useQuery(eventBodies(view.run, [settled]));
  const body = data?.[0]?.body;
  return (
    <section className="col" aria-labelledby="state-event">
      <header>
        <h2 id="state-event">Event {at}</h2>
        <span className="axis cut">
          {event?.type}
          {event ? `, ${formatBytes(event.bytes)}` : ''}
        </span>
        <span className="grow" />
        <Link className="small" href={paths.event(view.run, at)}>
          In the history
        </Link>
      </header>
      <div className="scroll" tabIndex={0} role="group" aria-label={`Event ${at}`}>
        {event ? <Commands view={view} event={event} /> : null}
        <h3>Body</h3>
        {error ? (
          <p className="mid">The body could not be read just now.</p>
        ) : body !== undefined && settled === at ? (
          <MaskedJson value={body} label={`Body of event ${at}`} place={`event ${at}`} />
        ) : (
          <div style={{ minHeight: 120 }} />
        )}
      </div>
    </section>
  );
}

function useCommands({ groups }: RunView): ReadonlyMap<number, readonly Group[]> {
  return useMemo(() => {
    const byTask = new Map<number, Group[]>();
    for (const group of groups.groups) {
      if (group.taskId === undefined) continue;
      const list = byTask.get(group.taskId);
      if (list === undefined) byTask.set(group.taskId, [group]);
      else list.push(group);
    }
    return byTask;
  }, [groups]);
}

const COMMANDS_MAX = 40;

function Commands({ view, event }: { view: RunView; event: RunEvent }) {
  const byTask = useCommands(view);
  const taskId = event.type === 'WorkflowTaskCompleted' ? event.id : event.taskId;
  const commands = taskId === undefined ? [] : (byTask.get(taskId) ?? []);
  if (taskId === undefined || commands.length === 0) return null;
  const around = Math.max(0, commands.findIndex((group) => group.id >= event.id) - COMMANDS_MAX / 2);
  const shown = commands.slice(around, around + COMMANDS_MAX);
  return (
    <>
      <h3>
        Commands of task {view.groups.taskByEvent.get(taskId)?.index} <span className="dim">{commands.length}</span>
      </h3>
      <ol className="cm">
        {shown.map((group) => (
          <li key={group.id} className={cx(group.id < event.id && 'done', group.id === event.id && 'curr')}>
            <Icon name={kindIcon(group.kind)} />
            <span className="cut">{group.name}</span>
            <span className="mono dim">#{group.id}</span>
          </li>
        ))}
      </ol>
    </>
  );
}
