'use client';
import { useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useCallback, useId, useState } from 'react';
import { toProblem } from '../../data/api-client.ts';
import { paths } from '../../data/paths.ts';
import { recordReveal } from '../../data/reveal.ts';
import { Icon } from '../../ui/icon.tsx';
import { FormFoot } from '../../ui/form-foot.tsx';
import { Secrets } from '../../ui/payload/hidden.tsx';
import { useShortcuts } from '../../ui/shortcuts.ts';
import { Strip } from '../../ui/strip.tsx';
import type { ScheduleDraft, ScheduleErrors, ScheduleRequest } from './schedule-draft.ts';
import { checkSchedule, specOf } from './schedule-draft.ts';
import { ScheduleForm } from './schedule-form.tsx';
import { SpecPreview } from './spec-preview.tsx';
import '../../ui/styles/form-page.css';
import { focusFault } from '../../ui/focus-fault.ts';
import './schedules.css';

export interface ScheduleEditorProps {
  readonly namespace: string;
  readonly isNew: boolean;
  readonly initial: ScheduleDraft;
  readonly onSave: (request: ScheduleRequest, id: string) => Promise<unknown>;
  /** Reads the schedule anew and begins again; offered when somebody else changed it. */
  readonly onReload?: () => void;
}

/** The form of a schedule, new or not, with what its times come to while they are typed. */
export function ScheduleEditor({ namespace, isNew, initial, onSave, onReload }: ScheduleEditorProps) {
  const id = useId();
  const router = useRouter();
  const client = useQueryClient();
  const [draft, setDraft] = useState(initial);
  const [refused, setRefused] = useState<ScheduleErrors>({});
  const [isChanged, setChanged] = useState(false);
  const [wasTried, setTried] = useState(false);
  const [isSending, setSending] = useState(false);
  // Times are judged while they are typed, everything else once it was sent.
  const errors: ScheduleErrors = { ...specOf(draft).errors, ...(wasTried ? checkSchedule(draft).errors : {}), ...refused };
  const record = useCallback((place: string) => recordReveal({ namespace }, place), [namespace]);
  const back = isNew ? paths.schedules(namespace) : paths.schedule(namespace, draft.id);

  const submit = async () => {
    const checked = checkSchedule(draft);
    setTried(true);
    setRefused({});
    setChanged(false);
    if (checked.request === undefined) {
      focusFault(id, checked.errors);
      return;
    }
    setSending(true);
    try {
      await onSave(checked.request, draft.id.trim());
      await client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === 'schedules' || queryKey[0] === 'schedule' });
      router.push(paths.schedule(namespace, draft.id.trim()));
    } catch (error) {
      const problem = toProblem(error);
      if (problem.code === 'ALREADY_EXISTS') setRefused({ id: 'There is a schedule with this id.' });
      else if (problem.code === 'FAILED_PRECONDITION' && !isNew) setChanged(true);
      else setRefused({ send: problem.message });
      setSending(false);
    }
  };
  useShortcuts([{ keys: '$mod+Enter', shown: 'Ctrl ⏎', label: 'Save it', scope: 'Form', run: () => void submit(), inFields: true }]);
  const wrong = Object.keys(errors).filter((key) => key !== 'send');
  return (
    <div className="page pg-form pg-schedules">
      <main className="main" id="main">
        <div className="bar hd">
          <Link className="btn quiet icon" href={back} aria-label={isNew ? 'Back to schedules' : 'Back to the schedule'}>
            <Icon name="back" />
          </Link>
          <h1>{isNew ? 'New schedule' : `Edit ${draft.id}`}</h1>
          <span className="dim">in {namespace}</span>
        </div>
        {isChanged ? (
          <Strip
            tone="retrying"
            glyph="taskfail"
            actions={
              <button className="btn" type="button" onClick={onReload}>
                Read it anew
              </button>
            }
          >
            <b>Somebody else changed this schedule since you opened it.</b> Nothing was saved. Reading it anew drops what you wrote here.
          </Strip>
        ) : errors['send'] ? (
          <Strip tone="failed" glyph="failed">
            {errors['send']} Nothing was saved.
          </Strip>
        ) : null}
        <div className="cols2">
          <Secrets record={record}>
            <ScheduleForm
              id={id}
              namespace={namespace}
              draft={draft}
              errors={errors}
              isNew={isNew}
              filled={isNew ? undefined : initial.input}
              onChange={(change) => setDraft((old) => ({ ...old, ...change }))}
              onSubmit={() => void submit()}
            />
          </Secrets>
          <SpecPreview draft={draft} />
        </div>
        <FormFoot wrong={wrong.length} back={back} isSending={isSending} onSubmit={() => void submit()}>
          {isNew ? 'Create schedule' : 'Save changes'}
        </FormFoot>
      </main>
    </div>
  );
}
