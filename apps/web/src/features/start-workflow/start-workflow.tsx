'use client';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { parseAsString, useQueryState } from 'nuqs';
import { useId, useState } from 'react';
import { api, toProblem } from '../../data/api-client.ts';
import { paths } from '../../data/paths.ts';
import { plural } from '../../lib/number.ts';
import { Glyph, Icon } from '../../ui/icon.tsx';
import { useShortcuts } from '../../ui/shortcuts.ts';
import { Strip } from '../../ui/strip.tsx';
import type { Draft, Errors } from './draft.ts';
import { checkDraft, EMPTY } from './draft.ts';
import { StartForm } from './start-form.tsx';
import { usePrefill } from './use-prefill.ts';
import { WillHappen } from './will-happen.tsx';
import { focusFault } from '../../ui/focus-fault.ts';
import '../../ui/styles/form-page.css';

export function StartWorkflow({ namespace }: { namespace: string }) {
  const id = useId();
  const router = useRouter();
  const [from] = useQueryState('from', parseAsString);
  const [draft, setDraft] = useState<Draft>(EMPTY);
  const [errors, setErrors] = useState<Errors>({});
  const [isSending, setSending] = useState(false);
  const set = (change: Partial<Draft>) => setDraft((old) => ({ ...old, ...change }));
  usePrefill(namespace, from, set);

  const submit = async () => {
    const checked = checkDraft(draft);
    setErrors(checked.errors);
    if (!checked.ok) {
      focusFault(id, checked.errors);
      return;
    }
    setSending(true);
    try {
      const started = await api.workflow.start.mutate({ namespace, ...checked.request });
      router.push(paths.run({ namespace, workflowId: checked.request.workflowId, runId: started.runId }));
    } catch (error) {
      const problem = toProblem(error);
      setErrors(
        problem.code === 'ALREADY_EXISTS'
          ? { workflowId: 'A run with this id is in the way. Choose another id, or say below what to do then.' }
          : { send: problem.message },
      );
      setSending(false);
    }
  };
  useShortcuts([{ keys: '$mod+Enter', shown: 'Ctrl ⏎', label: 'Start it', scope: 'Form', run: () => void submit(), inFields: true }]);
  const wrong = Object.keys(errors).filter((key) => key !== 'send');
  return (
    <div className="page pg-form">
      <main className="main" id="main">
        <div className="bar hd">
          <Link className="btn quiet icon" href={paths.workflows(namespace)} aria-label="Back to workflows">
            <Icon name="back" />
          </Link>
          <h1>Start a workflow</h1>
          <span className="dim">in {namespace}</span>
          <span className="grow" />
          {from ? <span className="axis">filled from {from.split('/')[0]}</span> : null}
        </div>
        {wrong.length > 0 || errors.send ? (
          <Strip tone="failed" glyph="failed">
            {errors.send ? (
              errors.send
            ) : (
              <>{wrong.length === 1 ? 'One field needs a change.' : `${wrong.length} fields need a change.`} Nothing has been started.</>
            )}
          </Strip>
        ) : null}
        <div className="cols2">
          <StartForm id={id} namespace={namespace} draft={draft} errors={errors} onChange={set} onSubmit={() => void submit()} />
          <WillHappen namespace={namespace} draft={draft} />
        </div>
        <div className="bar foot2">
          {wrong.length > 0 ? (
            <span className="st st-failed">
              <Glyph name="failed" />
              {plural(wrong.length, 'field')} to change
            </span>
          ) : null}
          <span className="grow" />
          <Link className="btn" href={paths.workflows(namespace)}>
            Cancel
          </Link>
          <button className="btn primary" type="button" disabled={isSending} onClick={() => void submit()}>
            Start workflow <span className="k2">Ctrl ⏎</span>
          </button>
        </div>
      </main>
    </div>
  );
}
