'use client';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { eventBodies } from '../../data/queries.ts';
import type { RunView } from '../../data/run-view.ts';
import { JsonView } from '../../ui/json-view.tsx';

const PAGE = 50;

/** The history as its events are on the wire, a page at a time. */
export function HistoryJson({ view }: { view: RunView }) {
  const [first, setFirst] = useState(1);
  const last = Math.min(first + PAGE - 1, view.events.length);
  const ids = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
  const { data } = useQuery(eventBodies(view.run, ids));
  return (
    <div className="scroll">
      <div className="sec row">
        <span className="mid">
          Events {first} to {last} of {view.events.length}
        </span>
        <span className="grow" />
        <button className="btn" type="button" disabled={first === 1} onClick={() => setFirst(Math.max(1, first - PAGE))}>
          Earlier
        </button>
        <button className="btn" type="button" disabled={last >= view.events.length} onClick={() => setFirst(first + PAGE)}>
          Later
        </button>
      </div>
      <div className="sec">{data ? <JsonView value={data.map((one) => one.body)} label="History" /> : null}</div>
    </div>
  );
}
