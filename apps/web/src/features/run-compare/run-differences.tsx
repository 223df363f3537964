'use client';
import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { RunId } from '../../data/queries.ts';
import { eventBodies } from '../../data/queries.ts';
import { recordReveal } from '../../data/reveal.ts';
import { useRunFields } from '../../data/run-fields.ts';
import type { RunView } from '../../data/run-view.ts';
import { attributesOf } from '../../domain/event-body.ts';
import type { JsonChange } from '../../domain/json-diff.ts';
import { jsonDiff } from '../../domain/json-diff.ts';
import type { Body } from '../../domain/payload-json.ts';
import { isBody } from '../../domain/payload-json.ts';
import { isOpen } from '../../domain/status.ts';
import { plural } from '../../lib/number.ts';
import { Secrets } from '../../ui/payload/hidden.tsx';
import { MaskedText } from '../../ui/payload/masked-text.tsx';

interface RunFacts {
  readonly isRead: boolean;
  readonly parts: Readonly<Record<string, unknown>>;
}

const TITLES = ['Input', 'Result', 'Failure', 'Search attributes', 'Memo', 'Run'] as const;

/** What the two runs were given, gave, and ran on, place by place. What is hidden may be told to differ, and not what it is. */
export function RunDifferences({ a, b }: { a: RunView; b: RunView }) {
  const left = useRunFacts(a);
  const right = useRunFacts(b);
  const isRead = left.isRead && right.isRead;
  return (
    <aside className="cmp-side" aria-label="Differences of the runs">
      {TITLES.map((title) => (
        <Section key={title} title={title} a={left.parts[title]} b={right.parts[title]} isRead={isRead} other={b.run} />
      ))}
    </aside>
  );
}

interface SectionProps {
  readonly title: string;
  readonly a: unknown;
  readonly b: unknown;
  readonly isRead: boolean;
  readonly other: RunId;
}

function Section({ title, a, b, isRead, other }: SectionProps) {
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
            <Change key={change.path} change={change} part={title.toLowerCase()} other={other} />
          ))}
        </ul>
      ) : null}
    </section>
  );
}

const TEXT_MAX = 400;

interface ChangeProps {
  readonly change: JsonChange;
  readonly part: string;
  readonly other: RunId;
}

function Change({ change: { path, key, before, after }, part, other }: ChangeProps) {
  const record = useCallback((place: string) => recordReveal(other, place), [other]);
  const place = path === '' ? part : `${part}, ${path}`;
  return (
    <li>
      {path === '' ? null : <span className="mono dim">{path}</span>}
      {before === undefined ? null : (
        <code className="del">
          <b>A</b> <MaskedText name={key} value={before} place={place} charsMax={TEXT_MAX} of="A" />
        </code>
      )}
      {after === undefined ? null : (
        <code className="add">
          <b>B</b>{' '}
          <Secrets record={record}>
            <MaskedText name={key} value={after} place={place} charsMax={TEXT_MAX} of="B" />
          </Secrets>
        </code>
      )}
    </li>
  );
}

function useRunFacts(view: RunView): RunFacts {
  const { run, events, description } = view;
  const fields = useRunFields(view);
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
      'Search attributes': fields.searchAttributes,
      Memo: fields.memo,
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
