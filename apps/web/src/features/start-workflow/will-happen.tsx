'use client';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { systemInfo } from '../../data/queries.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { useMaskOfText } from '../../ui/payload/use-masked.ts';
import type { Draft } from './draft.ts';
import type { Filled } from './filled.ts';
import { shutFields } from './filled.ts';
import { startCommand, unsaid } from './start-command.ts';

/** What the form would do, in words and as a command. */
export function WillHappen({ namespace, draft, filled }: { namespace: string; draft: Draft; filled: Filled }) {
  const { data: info } = useQuery(systemInfo());
  const shut = shutFields(draft, filled, useMaskOfText());
  const command = startCommand({ ...draft, ...shut }, { namespace, address: info?.address });
  const missing = unsaid(draft);
  return (
    <aside className="will" aria-label="What will happen">
      <section className="sec">
        <h2>What will happen</h2>
        <ol className="steps">
          {stepsOf(draft).map((step, index) => (
            <li key={index}>{step}</li>
          ))}
        </ol>
      </section>
      <section className="sec">
        <h2 className="row">
          Same, from a terminal <span className="grow" />
          <CopyButton text={command.join(' ')} what="command" />
        </h2>
        <pre className="code" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }} tabIndex={0} aria-label="Command">
          {command.join(' \\\n    ')}
        </pre>
        {Object.keys(shut).length > 0 ? <p className="small mid">What is hidden in the form is hidden in it too.</p> : null}
        {missing.length > 0 ? <p className="small mid">Without {missing.join(', ')}: that command has no flags for it.</p> : null}
      </section>
    </aside>
  );
}

function stepsOf(draft: Draft): ReactNode[] {
  const id = <span className="mono">{draft.workflowId.trim() || '…'}</span>;
  const name = <b>{draft.firstName.trim() || '…'}</b>;
  const delay = draft.startDelay.trim();
  return [
    <>
      {draft.whenOpen === 'use' ? 'Unless one is open, a' : 'A'} run of <b>{draft.type || '…'}</b> named {id} is recorded
      {draft.whenOpen === 'terminate' ? ', after an open one of that id is terminated' : ''}.
    </>,
    ...(draft.first === 'signal' ? [<>In the same step it receives the signal {name}; an open run receives it instead.</>] : []),
    ...(draft.first === 'update'
      ? [
          <>
            In the same step the update {name} is sent to it, and its {draft.waitFor === 'accepted' ? 'acceptance' : 'outcome'} is waited
            for.
          </>,
        ]
      : []),
    <>
      Its first task waits {delay ? <>for {delay}, then </> : ''}on <b>{draft.queue || '…'}</b> until a worker takes it.
    </>,
    ...(draft.cron.trim()
      ? [
          <>
            It begins at the next time of <span className="mono">{draft.cron.trim()}</span>, and when it ends the next run waits for the
            time after.
          </>,
        ]
      : []),
    ...retryStep(draft),
  ];
}

function retryStep(draft: Draft): ReactNode[] {
  const isSet = [draft.retryAttempts, draft.retryInitial, draft.retryBackoff, draft.retryMaximum, draft.retryNever].some(
    (one) => one.trim() !== '',
  );
  if (!isSet) return [];
  const attempts = Number(draft.retryAttempts);
  return [<>When it fails it is run again, {attempts > 0 ? `${attempts} times in all` : 'without a maximum'}.</>];
}
