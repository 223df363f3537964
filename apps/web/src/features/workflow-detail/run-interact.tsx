'use client';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { handlers } from '../../data/queries.ts';
import { useRunParams } from '../../data/run-params.ts';
import { useRunView } from '../../data/run-view.ts';
import { usePreferences } from '../../data/preferences.ts';
import { formatClock } from '../../lib/time.ts';
import { JsonView } from '../../ui/json-view.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import type { Answer, MessageKind } from './message-form.tsx';
import { declaredOf, MessageForm } from './message-form.tsx';

const CALLS_MAX = 20;
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

interface Call {
  readonly id: number;
  readonly at: number;
  readonly kind: MessageKind;
  readonly name: string;
  readonly answer: Answer;
}

const OK = { tone: 'completed', glyph: 'completed', word: 'answered', isCalm: true } as const;
const BAD = { tone: 'failed', glyph: 'failed', word: 'refused', isCalm: false } as const;

/** Everything a run can be asked or told, with what it answered. */
export function RunInteract() {
  const run = useRunParams();
  const view = useRunView(run);
  const { data, isPending } = useQuery(handlers(run, true));
  const [chosen, setChosen] = useState<{ kind: MessageKind; name: string }>({ kind: 'query', name: '' });
  const [calls, setCalls] = useState<readonly Call[]>([]);
  const { zone } = usePreferences();
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
                {isPending ? 'Asking the worker…' : 'None declared.'}
              </p>
            ) : null}
          </section>
        ))}
      </div>
      <div className="ia-f">
        <Segmented label="What to send" value={chosen.kind} options={KINDS} onChange={(kind) => setChosen({ kind, name: '' })} />
        <MessageForm
          key={`${chosen.kind} ${name}`}
          view={view}
          kind={chosen.kind}
          name={name}
          onDone={(called, answer) =>
            setCalls((old) =>
              [{ id: (old[0]?.id ?? 0) + 1, at: Date.now(), kind: chosen.kind, name: called, answer }, ...old].slice(0, CALLS_MAX),
            )
          }
        />
      </div>
      <div className="ia-r" aria-live="polite">
        <section className="sec">
          <h2>Answers {calls.length === 0 ? null : <span className="dim">last {calls.length}</span>}</h2>
          {calls.length === 0 ? <p className="small dim">What the run answers appears here, newest first.</p> : null}
        </section>
        {calls.map((call) => (
          <section className="sec" key={call.id}>
            <h2>
              <StatusMark look={call.answer.ok ? OK : BAD} text={call.name} />
              <span className="dim" style={{ fontWeight: 400 }}>
                {call.kind}, {formatClock(call.at, zone)}
              </span>
            </h2>
            {call.answer.ok ? (
              <>
                {call.answer.note ? <p className="small mid">{call.answer.note}</p> : null}
                {call.answer.values.map((value, index) => (
                  <JsonView key={index} value={value} label={`Answer of ${call.name}`} />
                ))}
              </>
            ) : (
              <p className="small mid">{call.answer.message}</p>
            )}
          </section>
        ))}
      </div>
    </div>
  );
}
