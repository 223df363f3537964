'use client';
import { useState } from 'react';
import { useDecoded } from '../../data/codec.ts';
import { usePreference } from '../../data/preferences.ts';
import type { RunId } from '../../data/queries.ts';
import type { Answer } from '../../data/run-calls.ts';
import { askQuery } from '../../data/send-message.ts';
import { toBox } from '../../domain/wire-payload.ts';
import { formatClock } from '../../lib/time.ts';
import { lookAt } from '../../ui/payload/payload-look.ts';
import { AnswerView } from './call-list.tsx';

/** What every SDK answers for a workflow whose code it holds. */
const QUERY = '__stack_trace';

interface Asked {
  readonly at: number;
  readonly answer: Answer;
}

/** Where the workflow's code waits now, as its worker says. Asked when somebody wants it: the worker may have to replay the run for it. */
export function CallStack({ run }: { run: RunId }) {
  const zone = usePreference('zone');
  const [asked, setAsked] = useState<Asked>();
  const [isBusy, setBusy] = useState(false);
  const ask = async () => {
    setBusy(true);
    const answer = await askQuery(run, QUERY);
    setAsked({ at: Date.now(), answer });
    setBusy(false);
  };
  return (
    <section className="sec" aria-label="Call stack">
      <h2>
        Call stack {asked === undefined ? null : <span className="dim call-w">{formatClock(asked.at, zone)}</span>}
        <span className="grow" />
        <button className="linkb small" type="button" disabled={isBusy} onClick={() => void ask()}>
          {isBusy ? 'Asking…' : asked === undefined ? 'Ask where the code waits' : 'Refresh'}
        </button>
      </h2>
      {asked === undefined ? null : <Stack namespace={run.namespace} answer={asked.answer} />}
    </section>
  );
}

function Stack({ namespace, answer }: { namespace: string; answer: Answer }) {
  const [payload] = useDecoded(namespace, answer.ok ? answer.payloads : NOTHING);
  const look = payload === undefined ? undefined : lookAt(toBox(payload));
  const text = look?.kind === 'text' ? look.text : look?.kind === 'json' && typeof look.value === 'string' ? look.value : undefined;
  if (text === undefined) return <AnswerView namespace={namespace} name="the call stack" answer={answer} />;
  if (text.trim() === '') return <p className="small mid">Its code waits for nothing.</p>;
  return (
    <pre className="code stackt" aria-label="Call stack" tabIndex={0}>
      {text}
    </pre>
  );
}

const NOTHING: readonly never[] = [];
