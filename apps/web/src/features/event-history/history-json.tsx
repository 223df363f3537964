'use client';
import { useMemo, useState } from 'react';
import { useWireBodies } from '../../data/run-payloads.ts';
import type { RunView } from '../../data/run-view.ts';
import { readExact } from '../../domain/wire-payload.ts';
import { MaskedJson } from '../../ui/payload/masked-json.tsx';

const PAGE = 50;

/** The history in protobuf’s JSON with its payloads read, a page at a time. */
export function HistoryJson({ view }: { view: RunView }) {
  const [first, setFirst] = useState(1);
  const last = Math.min(first + PAGE - 1, view.events.length);
  const ids = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
  const { bodies } = useWireBodies(view.run, ids);
  const value = useMemo(() => bodies?.map(({ body }) => readExact(body)), [bodies]);
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
      <div className="sec">
        {value === undefined ? null : <MaskedJson value={value} label="History" place={`events ${first} to ${last}`} />}
      </div>
    </div>
  );
}
