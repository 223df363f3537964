'use client';
import type { ReactNode } from 'react';
import { useMemo, useState } from 'react';
import { codecHint, useCodec } from '../../data/codec.ts';
import type { RunId } from '../../data/queries.ts';
import { partOf, useWireBodies } from '../../data/run-payloads.ts';
import { readExact } from '../../domain/wire-payload.ts';
import { stringifyExact } from '../../lib/exact-json.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { JsonView } from '../../ui/json-view.tsx';
import { PayloadList } from '../../ui/payload/payload-list.tsx';
import { Segmented } from '../../ui/segmented.tsx';

type Mode = 'read' | 'payloads' | 'written';

interface EventBodyViewProps {
  readonly run: RunId;
  readonly ids: readonly number[];
  readonly name: string;
  /** What stands before the choice of how to look. */
  readonly head: ReactNode;
}

/** The attributes of an event with its payloads read in place, its payloads each for itself, or all of it as it was written. */
export function EventBodyView({ run, ids, name, head }: EventBodyViewProps) {
  const { bodies, error } = useWireBodies(run, ids);
  const [chosen, setMode] = useState<Mode>('read');
  const hint = codecHint(useCodec(run.namespace));
  const parts = useMemo(() => (bodies ?? []).flatMap((body) => partOf(run, body) ?? []), [run, bodies]);
  const payloads = parts.flatMap((part) => part.payloads);
  const mode = chosen === 'payloads' && payloads.length === 0 ? 'read' : chosen;
  const text = useMemo(
    () => textOf(mode === 'written' ? (bodies?.map(({ body }) => body) ?? []) : parts.map(({ node }) => readExact(node))),
    [mode, bodies, parts],
  );
  const options = [
    { value: 'read', label: 'Read' },
    ...(payloads.length === 0 ? [] : [{ value: 'payloads', label: `Payloads ${payloads.length}` } as const]),
    { value: 'written', label: 'As written' },
  ] as const;
  return (
    <>
      <div className="dh row">
        {head}
        <span className="grow" />
        <Segmented label={`${name} as`} value={mode} options={options} onChange={setMode} />
        {mode !== 'payloads' && bodies !== undefined ? <CopyButton text={text} what="event" /> : null}
      </div>
      {error ? (
        <p className="small mid">The body could not be read just now.</p>
      ) : bodies === undefined ? (
        <div style={{ minHeight: 120 }} />
      ) : mode === 'payloads' ? (
        <PayloadList label="Payload" payloads={payloads} hint={hint} isNamed />
      ) : (
        <JsonView text={text} label={name} />
      )}
    </>
  );
}

const textOf = (values: readonly unknown[]): string => stringifyExact(values.length === 1 ? values[0] : values);
