'use client';
import { useState } from 'react';
import { usePreference } from '../../data/preferences.ts';
import type { RunId } from '../../data/queries.ts';
import type { Answer } from '../../data/run-calls.ts';
import { askQuery } from '../../data/send-message.ts';
import { formatClock } from '../../lib/time.ts';
import { AnswerView } from './call-list.tsx';

interface Asked {
  readonly at: number;
  readonly answers: readonly { readonly name: string; readonly answer: Answer }[];
}

/** Every declared query, asked without arguments and at once. Those that want arguments say so themselves. */
export function AllQueries({ run, names }: { run: RunId; names: readonly string[] }) {
  const zone = usePreference('zone');
  const [asked, setAsked] = useState<Asked>();
  const [isBusy, setBusy] = useState(false);
  const ask = async () => {
    setBusy(true);
    const answers = await Promise.all(names.map(async (name) => ({ name, answer: await askQuery(run, name) })));
    setAsked({ at: Date.now(), answers });
    setBusy(false);
  };
  if (names.length === 0) return null;
  return (
    <section className="sec" aria-label="All queries">
      <h2>
        All queries {asked === undefined ? null : <span className="dim call-w">{formatClock(asked.at, zone)}</span>}
        <span className="grow" />
        <button className="linkb small" type="button" disabled={isBusy} onClick={() => void ask()}>
          {isBusy ? 'Asking…' : asked === undefined ? 'Ask all without arguments' : 'Refresh'}
        </button>
      </h2>
      {asked?.answers.map(({ name, answer }) => (
        <div key={name} className="allq">
          <p className="small strong">{name}</p>
          <AnswerView namespace={run.namespace} name={name} answer={answer} />
        </div>
      ))}
    </section>
  );
}
