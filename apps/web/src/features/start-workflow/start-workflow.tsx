'use client';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { parseAsString, useQueryState } from 'nuqs';
import { useCallback, useId, useState } from 'react';
import { api, toProblem } from '../../data/api-client.ts';
import { paths } from '../../data/paths.ts';
import { recordReveal } from '../../data/reveal.ts';
import { Icon } from '../../ui/icon.tsx';
import { FormFoot } from '../../ui/form-foot.tsx';
import { Secrets } from '../../ui/payload/hidden.tsx';
import { useShortcuts } from '../../ui/shortcuts.ts';
import { Strip } from '../../ui/strip.tsx';
import { tell } from '../../ui/toasts.tsx';
import { checkDraft } from './check-draft.ts';
import type { Draft, Errors } from './draft.ts';
import { EMPTY } from './draft.ts';
import type { Filled } from './filled.ts';
import { NOT_FILLED } from './filled.ts';
import { placeRefusal } from './refusal.ts';
import { StartForm } from './start-form.tsx';
import { TemplatesMenu } from './templates-menu.tsx';
import { usePrefill } from './use-prefill.ts';
import { WillHappen } from './will-happen.tsx';
import { focusFault } from '../../ui/focus-fault.ts';
import '../../ui/styles/form-page.css';

const withoutKeys = (errors: Errors, keys: object): Errors => Object.fromEntries(Object.entries(errors).filter(([key]) => !(key in keys)));

export function StartWorkflow({ namespace }: { namespace: string }) {
  const id = useId();
  const router = useRouter();
  const [from] = useQueryState('from', parseAsString);
  const [draft, setDraft] = useState<Draft>(EMPTY);
  const [errors, setErrors] = useState<Errors>({});
  const [isSending, setSending] = useState(false);
  const [leftOut, setLeftOut] = useState<readonly string[]>([]);
  const [filled, setFilled] = useState(NOT_FILLED);
  const set = useCallback((change: Partial<Draft>) => {
    setDraft((old) => ({ ...old, ...change }));
    // What was found wrong with a field was of what stood there before.
    setErrors((old) => (Object.keys(change).some((key) => key in old) ? withoutKeys(old, change) : old));
  }, []);
  const fill = useCallback(
    (change: Partial<Draft>, what: Filled, without: readonly string[] = []) => {
      set(change);
      setFilled(what);
      setLeftOut(without);
    },
    [set],
  );
  usePrefill(namespace, from, fill);
  const record = useCallback((place: string) => recordReveal({ namespace, ...filled.run }, place), [namespace, filled]);

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
      tellOf(started);
      router.push(paths.run({ namespace, workflowId: checked.request.workflowId, runId: started.runId }));
    } catch (error) {
      const refused = placeRefusal(toProblem(error));
      setErrors(refused);
      focusFault(id, refused);
      setSending(false);
    }
  };
  useShortcuts([{ keys: '$mod+Enter', shown: 'Ctrl ⏎', label: 'Start it', scope: 'Form', run: () => void submit(), inFields: true }]);
  const wrong = Object.keys(errors).filter((key) => key !== 'send');
  return (
    <Secrets record={record}>
      <div className="page pg-form">
        <main className="main" id="main">
          <div className="bar hd">
            <Link className="btn quiet icon" href={paths.workflows(namespace)} aria-label="Back to workflows">
              <Icon name="back" />
            </Link>
            <h1>Start a workflow</h1>
            <span className="dim">in {namespace}</span>
            <span className="grow" />
            {from ? <span className="axis cut">filled from {from.split('/')[0]}</span> : null}
            <TemplatesMenu namespace={namespace} draft={draft} filled={filled} onLoad={fill} />
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
          {leftOut.length > 0 ? (
            <Strip tone="retrying" glyph="taskfail">
              Not taken over, since not all of it is JSON that can be read here: <b>{leftOut.join(', ')}</b>.
            </Strip>
          ) : null}
          <div className="cols2">
            <StartForm
              id={id}
              namespace={namespace}
              draft={draft}
              filled={filled}
              errors={errors}
              onChange={set}
              onSubmit={() => void submit()}
            />
            <WillHappen namespace={namespace} draft={draft} filled={filled} />
          </div>
          <FormFoot wrong={wrong.length} back={paths.workflows(namespace)} isSending={isSending} onSubmit={() => void submit()}>
            Start workflow
          </FormFoot>
        </main>
      </div>
    </Secrets>
  );
}

/** What else came of it than a new run, which the next page shows. */
function tellOf({
  isNew,
  update,
}: {
  readonly isNew: boolean;
  readonly update: { readonly failure: { readonly message: string } | null; readonly isPending: boolean } | null;
}): void {
  if (!isNew) tell('An open run of that id was there; none was started.');
  if (update === null) return;
  if (update.failure !== null) tell(`The update failed: ${update.failure.message}`);
  else tell(update.isPending ? 'The update was accepted.' : 'The update has completed.');
}
