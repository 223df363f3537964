'use client';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { toProblem } from '../../data/api-client.ts';
import { useCodec, useDecoded } from '../../data/codec.ts';
import { usePreference } from '../../data/preferences.ts';
import { rawDescription, systemInfo } from '../../data/queries.ts';
import { useRunParams } from '../../data/run-params.ts';
import type { RunView } from '../../data/run-view.ts';
import { useRunView } from '../../data/run-view.ts';
import { runCommands } from '../../domain/run-commands.ts';
import { isOpen } from '../../domain/status.ts';
import { readExact } from '../../domain/wire-payload.ts';
import { plural } from '../../lib/number.ts';
import { stringifyExact } from '../../lib/exact-json.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { JsonView } from '../../ui/json-view.tsx';
import { HiddenNote } from '../../ui/payload/hidden.tsx';
import { JsonTree } from '../../ui/payload/json-tree.tsx';
import { useMasked } from '../../ui/payload/use-masked.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { downloadHistory } from './download-history.ts';
import './run-raw.css';

const MODES = [
  { value: 'tree', label: 'Tree' },
  { value: 'text', label: 'Text' },
  { value: 'written', label: 'As written' },
] as const;
type Mode = (typeof MODES)[number]['value'];

/** What the server says of the run, word for word, and ways to take it along. */
export function RunRaw() {
  const run = useRunParams();
  const view = useRunView(run);
  return (
    <div className="raw">
      <Description view={view} />
      <div className="raw-r">
        <Downloads view={view} />
        <Commands view={view} />
      </div>
    </div>
  );
}

function Description({ view: { run, description } }: { view: RunView }) {
  const isLive = usePreference('isLive');
  const { data, error } = useQuery(rawDescription(run, isLive && description !== undefined && isOpen(description.status)));
  const [mode, setMode] = useState<Mode>('tree');
  const decoded = useDecoded(run.namespace, data);
  const read = useMemo(() => readExact(decoded), [decoded]);
  const masked = useMasked('description', read);
  const isHeld = mode === 'written' && masked.hidden.isHidden;
  const value = mode === 'written' ? data : masked.value;
  const text = useMemo(() => (value === undefined ? '' : stringifyExact(value)), [value]);
  return (
    <section className="raw-l">
      <h2 className="row">
        Description <span className="axis">DescribeWorkflowExecution</span>
        <span className="grow" />
        <Segmented label="Description as" value={mode} options={MODES} onChange={setMode} />
        {text && !isHeld ? <CopyButton text={text} what="description" /> : null}
      </h2>
      {value === undefined ? (
        <p className="mid">{error ? toProblem(error).message : ''}</p>
      ) : mode === 'tree' ? (
        <JsonTree value={value} label="Description" onReveal={masked.hidden.reveal} />
      ) : isHeld ? null : (
        <JsonView text={text} label="Description" onReveal={masked.hidden.reveal} />
      )}
      <HiddenNote hidden={masked.hidden} what="description" isAsked={isHeld} />
    </section>
  );
}

function Downloads({ view: { run, events } }: { view: RunView }) {
  const { endpoint } = useCodec(run.namespace);
  const [state, setState] = useState<{ readonly isBusy: boolean; readonly fault?: string }>({ isBusy: false });
  const save = (form: 'written' | 'read') => {
    setState({ isBusy: true });
    downloadHistory(run, events.length, form).then(
      () => setState({ isBusy: false }),
      (error: unknown) => setState({ isBusy: false, fault: toProblem(error).message }),
    );
  };
  return (
    <section className="sec">
      <h2>History</h2>
      <p className="small mid">
        {plural(events.length, 'event')}, in the format of the command line. As written, replayers and the import take it; decoded,{' '}
        {endpoint === undefined ? 'JSON payloads stand as their values.' : 'payloads stand as the values that the codec server reads.'}
      </p>
      <p className="row raw-b">
        <button className="btn" type="button" disabled={state.isBusy || events.length === 0} onClick={() => save('written')}>
          Download as written
        </button>
        <button className="btn" type="button" disabled={state.isBusy || events.length === 0} onClick={() => save('read')}>
          Download decoded
        </button>
      </p>
      <p role="status" className="small">
        {state.fault === undefined ? (state.isBusy ? 'Reading…' : '') : `It could not be read: ${state.fault}`}
      </p>
    </section>
  );
}

function Commands({ view: { run } }: { view: RunView }) {
  const { data } = useQuery(systemInfo());
  return (
    <section className="sec">
      <h2>Same, from a terminal</h2>
      <dl className="raw-c">
        {runCommands(run, data?.address).map(({ what, command }) => (
          <div key={what}>
            <dt className="row small">
              {what} <CopyButton text={command} what={`command: ${what.toLowerCase()}`} />
            </dt>
            <dd className="code">{command}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
