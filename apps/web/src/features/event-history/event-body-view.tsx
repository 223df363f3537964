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
import { HiddenNote } from '../../ui/payload/hidden.tsx';
import { PayloadList } from '../../ui/payload/payload-list.tsx';
import { useMasked } from '../../ui/payload/use-masked.ts';
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
  const read = useMemo(() => oneOf(parts.map(({ node }) => readExact(node))), [parts]);
  const { value, hidden } = useMasked(ids.length === 1 ? `event ${ids[0]}` : `events ${ids.join(' ')}`, read);
  const isHeld = mode === 'written' && hidden.isHidden;
  const text = useMemo(
    () => stringifyExact(mode === 'written' ? oneOf(bodies?.map(({ body }) => body) ?? []) : value),
    [mode, bodies, value],
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
        {mode !== 'payloads' && bodies !== undefined && !isHeld ? <CopyButton text={text} what="event" /> : null}
      </div>
      {error ? (
        <p className="small mid">The body could not be read just now.</p>
      ) : bodies === undefined ? (
        <div style={{ minHeight: 120 }} />
      ) : mode === 'payloads' ? (
        <PayloadList label="Payload" payloads={payloads} hint={hint} isNamed />
      ) : (
        <>
          {isHeld ? null : <JsonView text={text} label={name} onReveal={hidden.reveal} />}
          <HiddenNote hidden={hidden} what={name.toLowerCase()} isAsked={isHeld} />
        </>
      )}
    </>
  );
}

const oneOf = (values: readonly unknown[]): unknown => (values.length === 1 ? values[0] : values);
