'use client';
import { useQuery } from '@tanstack/react-query';
import { eventBodies } from '../../data/queries.ts';
import type { RunView } from '../../data/run-view.ts';
import { attributesOf } from '../../domain/event-body.ts';
import type { JsonChange } from '../../domain/json-diff.ts';
import { jsonDiff } from '../../domain/json-diff.ts';
import type { Body } from '../../domain/payload-json.ts';
import { isBody } from '../../domain/payload-json.ts';
import { isOpen } from '../../domain/status.ts';
import { plural } from '../../lib/number.ts';

interface RunFacts {
  readonly isRead: boolean;
  readonly parts: Readonly<Record<string, unknown>>;
}

const TITLES = ['Input', 'Result', 'Failure', 'Search attributes', 'Memo', 'Run'] as const;

/** What the two runs were given, gave, and ran on, place by place. */
export function RunDifferences({ a, b }: { a: RunView; b: RunView }) {
  const left = useRunFacts(a);
  const right = useRunFacts(b);
  const isRead = left.isRead && right.isRead;
  return (
    <aside className="cmp-side" aria-label="Differences of the runs">
      {TITLES.map((title) => (
        <Section key={title} title={title} a={left.parts[title]} b={right.parts[title]} isRead={isRead} />
      ))}
    </aside>
  );
}

function Section({ title, a, b, isRead }: { title: string; a: unknown; b: unknown; isRead: boolean }) {
  const { changes, isCut } = jsonDiff(a, b);
  if (isRead && a === undefined && b === undefined) return null;
  return (
    <section className="sec">
      <h2>
        {title}{' '}
        <span className="axis">
          {!isRead ? '' : changes.length === 0 ? 'the same' : `${plural(changes.length, 'change')}${isCut ? ', the first' : ''}`}
        </span>
      </h2>
      {isRead && changes.length > 0 ? (
        <ul className="cmp-ch">
          {changes.map((change) => (
            <Change key={change.path} change={change} />
          ))}
        </ul>
      ) : null}
    </section>
  );
}

const TEXT_MAX = 400;
function shortJson(value: unknown): string {
  const text = JSON.stringify(value) ?? '';
  return text.length > TEXT_MAX ? `${text.slice(0, TEXT_MAX)}…` : text;
}

function Change({ change: { path, before, after } }: { change: JsonChange }) {
  return (
    <li>
      {path === '' ? null : <span className="mono dim">{path}</span>}
      {before === undefined ? null : (
        <code className="del">
          <b>A</b> {shortJson(before)}
        </code>
      )}
      {after === undefined ? null : (
        <code className="add">
          <b>B</b> {shortJson(after)}
        </code>
      )}
    </li>
  );
}

function useRunFacts({ run, events, description }: RunView): RunFacts {
  const lastId = events.at(-1)?.id ?? 1;
  const isClosed = description !== undefined && !isOpen(description.status);
  const { data } = useQuery(eventBodies(run, events.length === 0 ? [] : isClosed && lastId > 1 ? [1, lastId] : [1]));
  const started = attributes(data, 1);
  const closed = isClosed ? attributes(data, lastId) : {};
  return {
    isRead: data !== undefined && description !== undefined,
    parts: {
      Input: started['input'],
      Result: closed['result'],
      Failure: closed['failure'],
      'Search attributes': description?.searchAttributes,
      Memo: description?.memo,
      Run: description && {
        status: description.status,
        type: description.type,
        queue: description.queue,
        build: description.build,
        timeouts: description.timeouts,
      },
    },
  };
}

function attributes(bodies: readonly { readonly id: number; readonly body: unknown }[] | undefined, id: number): Body {
  const body = bodies?.find((one) => one.id === id)?.body;
  return isBody(body) ? attributesOf(body) : {};
}
