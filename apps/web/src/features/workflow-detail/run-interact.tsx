'use client';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { handlers } from '../../data/queries.ts';
import { useRunParams } from '../../data/run-params.ts';
import { useRunView } from '../../data/run-view.ts';
import type { Call, MessageKind } from '../../data/run-calls.ts';
import { addCall, useRunCalls } from '../../data/run-calls.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { AllQueries } from './all-queries.tsx';
import { CallList } from './call-list.tsx';
import { CallStack } from './call-stack.tsx';
import { declaredOf, MessageForm } from './message-form.tsx';

const KINDS = [
  { value: 'query', label: 'Query' },
  { value: 'signal', label: 'Signal' },
  { value: 'update', label: 'Update' },
] as const;
const LISTS = [
  { kind: 'query', title: 'Queries' },
  { kind: 'signal', title: 'Signals' },
  { kind: 'update', title: 'Updates' },
] as const;

interface Chosen {
  readonly kind: MessageKind;
  readonly name: string;
  /** Of a call to send again. */
  readonly again?: Call;
}

/** Everything a run can be asked or told, with what it answered. */
export function RunInteract() {
  const run = useRunParams();
  const view = useRunView(run);
  const { data, isPending } = useQuery(handlers(run, true));
  const none = isPending ? 'Asking the worker…' : data?.declared ? 'None declared.' : 'No worker could say which.';
  const [chosen, setChosen] = useState<Chosen>({ kind: 'query', name: '' });
  const calls = useRunCalls(run);
  const name = chosen.name || declaredOf(data, chosen.kind)[0]?.name || '';
  return (
    <div className="ia">
      <div className="ia-l">
        {LISTS.map(({ kind, title }) => (
          <section key={kind}>
            <h2>{title}</h2>
            {declaredOf(data, kind).map((one) => (
              <button
                key={one.name}
                type="button"
                className="ia-i"
                aria-current={chosen.kind === kind && name === one.name}
                onClick={() => setChosen({ kind, name: one.name })}
              >
                {one.name}
                {one.description ? <span>{one.description}</span> : null}
              </button>
            ))}
            {declaredOf(data, kind).length === 0 ? (
              <p className="small dim" style={{ padding: '2px 16px' }}>
                {none}
              </p>
            ) : null}
          </section>
        ))}
      </div>
      <div className="ia-f">
        <Segmented label="What to send" value={chosen.kind} options={KINDS} onChange={(kind) => setChosen({ kind, name: '' })} />
        <MessageForm
          key={`${chosen.kind} ${name} ${chosen.again?.id ?? ''}`}
          view={view}
          kind={chosen.kind}
          name={name}
          text={chosen.again?.text ?? ''}
          onDone={(_name, call) => addCall(run, call)}
        />
      </div>
      <div className="ia-r" aria-live="polite">
        <CallStack run={run} />
        <AllQueries run={run} names={declaredOf(data, 'query').map((one) => one.name)} />
        <section className="sec">
          <h2>Answers {calls.length === 0 ? null : <span className="dim">last {calls.length}, kept until this page is closed</span>}</h2>
          {calls.length === 0 ? <p className="small dim">What the run answers appears here, newest first.</p> : null}
        </section>
        <CallList
          namespace={run.namespace}
          calls={calls}
          onAgain={(call) => setChosen({ kind: call.kind, name: call.name, again: call })}
        />
      </div>
    </div>
  );
}
