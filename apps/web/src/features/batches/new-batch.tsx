'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { parseAsString, parseAsStringLiteral, useQueryState } from 'nuqs';
import { useDeferredValue, useId, useState } from 'react';
import { api, isAway, toProblem } from '../../data/api-client.ts';
import { matching } from '../../data/batch-queries.ts';
import { paths } from '../../data/paths.ts';
import { formatCount, plural } from '../../lib/number.ts';
import { focusFault } from '../../ui/focus-fault.ts';
import { FormFoot } from '../../ui/form-foot.tsx';
import { Icon } from '../../ui/icon.tsx';
import { useShortcuts } from '../../ui/shortcuts.ts';
import { Strip } from '../../ui/strip.tsx';
import type { BatchDraft, BatchErrors, BatchRequest } from './batch-draft.ts';
import { BATCH_KINDS, checkBatch, emptyBatch, KINDS } from './batch-draft.ts';
import { BatchForm } from './batch-form.tsx';
import { ConfirmDialog } from './confirm-dialog.tsx';
import '../../ui/styles/form-page.css';
import './batches.css';

/** A batch from a query, with how many runs it finds while it is written. */
export function NewBatch({ namespace }: { namespace: string }) {
  const id = useId();
  const router = useRouter();
  const [fromAddress] = useQueryState('q', parseAsString.withDefault(''));
  const [kindFromAddress] = useQueryState('op', parseAsStringLiteral(BATCH_KINDS));
  const [draft, setDraft] = useState<BatchDraft>(() => ({
    ...emptyBatch(fromAddress),
    ...(kindFromAddress ? { kind: kindFromAddress } : {}),
  }));
  const [errors, setErrors] = useState<BatchErrors>({});
  const [asked, setAsked] = useState<BatchRequest>();
  const count = useQuery(matching(namespace, useDeferredValue(draft.query.trim())));
  const { label, effect, concernsOpen } = KINDS[draft.kind];
  const open = (count.data?.byStatus['Running'] ?? 0) + (count.data?.byStatus['Paused'] ?? 0);
  const concerned = count.data === undefined ? undefined : concernsOpen ? open : count.data.total;

  const ask = () => {
    const checked = checkBatch(draft);
    setErrors(checked.errors);
    if (checked.request === undefined) focusFault(id, checked.errors);
    else setAsked(checked.request);
  };
  const start = async () => {
    if (asked === undefined) return;
    try {
      const { query, ...rest } = asked;
      const { jobId } = await api.batch.start.mutate({ namespace, target: { kind: 'filter', filter: { query } }, ...rest });
      router.push(paths.batch(namespace, jobId));
    } catch (error) {
      setErrors({ send: toProblem(error).message });
      setAsked(undefined);
    }
  };
  useShortcuts([{ keys: '$mod+Enter', shown: 'Ctrl ⏎', label: 'Start it', scope: 'Form', run: ask, inFields: true }]);
  return (
    <div className="page pg-form pg-batches">
      <main className="main" id="main">
        <div className="bar hd">
          <Link className="btn quiet icon" href={paths.batches(namespace)} aria-label="Back to batches">
            <Icon name="back" />
          </Link>
          <h1>New batch</h1>
          <span className="dim">in {namespace}</span>
        </div>
        {errors.send ? (
          <Strip tone="failed" glyph="failed">
            {errors.send} Nothing was started.
          </Strip>
        ) : null}
        <div className="cols2">
          <BatchForm
            id={id}
            draft={draft}
            errors={errors}
            onChange={(change) => setDraft((old) => ({ ...old, ...change }))}
            onSubmit={ask}
          />
          <aside className="will" aria-label="What will happen">
            <section className="sec" aria-live="polite">
              <h2>What will happen</h2>
              {draft.query.trim() === '' ? (
                <p className="dim">Write which runs, and their number is told here.</p>
              ) : count.error !== null ? (
                <p className="msgl">{isAway(count.error) ? 'The engine does not answer.' : toProblem(count.error).message}</p>
              ) : count.data === undefined ? (
                <p className="dim">Counting…</p>
              ) : (
                <>
                  <p className="figure">
                    <b>{formatCount(concerned ?? 0)}</b> <span className="dim">{concernsOpen ? 'open ' : ''}runs</span>
                  </p>
                  <p className="mid">{effect}</p>
                  {concernsOpen && count.data.total > open ? (
                    <p className="dim">{plural(count.data.total - open, 'closed run')} that the query finds too are left alone.</p>
                  ) : null}
                  <p>
                    <Link href={`${paths.workflows(namespace)}?q=${encodeURIComponent(draft.query.trim())}`}>See them in the list</Link>
                  </p>
                </>
              )}
            </section>
          </aside>
        </div>
        <FormFoot back={paths.batches(namespace)} onSubmit={ask}>
          {label} these runs…
        </FormFoot>
        <ConfirmDialog draft={draft} runs={concerned} isOpen={asked !== undefined} onClose={() => setAsked(undefined)} onConfirm={start} />
      </main>
    </div>
  );
}
