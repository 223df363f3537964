'use client';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useMemo, useState } from 'react';
import { api, toProblem } from '../../data/api-client.ts';
import { paths } from '../../data/paths.ts';
import { ANY_RESET } from '../../data/run-tab-state.ts';
import type { RunView } from '../../data/run-view.ts';
import type { ResetChoice, ResetSubject } from '../../domain/reset-plan.ts';
import { planReset, resetChoiceOf, resetChoices, stepChoices } from '../../domain/reset-plan.ts';
import { isOpen } from '../../domain/status.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { tell } from '../../ui/toasts.tsx';
import { ResetPoints } from './reset-points.tsx';
import { ResetPreview } from './reset-preview.tsx';

interface ResetDialogProps {
  readonly view: RunView;
  /** A choice, or `choose`. */
  readonly asked: string;
  readonly onClose: () => void;
}

/** From where, what that drops and does again, and then the reset itself. */
export function ResetDialog({ view, asked, onClose }: ResetDialogProps) {
  const subject = useMemo<ResetSubject>(
    () => ({ events: view.events, groups: view.groups, runId: view.run.runId, builds: view.description?.resetPoints ?? [] }),
    [view.events, view.groups, view.run.runId, view.description?.resetPoints],
  );
  const choices = useMemo(() => resetChoices(subject), [subject]);
  const steps = useMemo(() => stepChoices(subject), [subject]);
  const [chosen, setChosen] = useState<string>();
  const key = chosen ?? (asked === ANY_RESET ? (choices[0]?.key ?? '') : asked);
  const choice = resetChoiceOf(key, subject);
  const [keepsSignals, setSignals] = useState(true);
  const [keepsUpdates, setUpdates] = useState(true);
  const [reason, setReason] = useState('');
  const { isSending, error, send } = useReset(view);
  const plan = choice === undefined ? undefined : planReset(choice.finishId, subject);
  const isRunning = view.description !== undefined && isOpen(view.description.status);
  return (
    <Dialog
      isOpen
      isWide
      onClose={onClose}
      title={`Reset ${view.run.workflowId}`}
      footer={
        <>
          <button className="btn quiet" type="button" onClick={onClose}>
            Leave it
          </button>
          <ActButton
            className="btn primary"
            disabled={isSending || choice === undefined}
            onClick={() => choice && void send({ choice, reason, keepsSignals, keepsUpdates })}
          >
            Reset run
          </ActButton>
        </>
      }
    >
      {choices.length === 0 ? (
        <p className="mid">No workflow task of this run has ended yet, so there is no point to go back to.</p>
      ) : (
        <>
          <p className="mid">
            A new run with the same id shares this run’s history up to a point and goes on from there.
            {isRunning ? ' This run ends.' : ' This run stays as it is; another open run with this id ends.'}
          </p>
          <ResetPoints choices={choices} steps={steps} chosen={key} choice={choice} onChoose={setChosen} />
          {plan === undefined ? null : (
            <ResetPreview
              plan={plan}
              keepsSignals={keepsSignals}
              keepsUpdates={keepsUpdates}
              onSignals={setSignals}
              onUpdates={setUpdates}
            />
          )}
          <div className="fld">
            <label htmlFor="reset-reason">Reason, kept in the history</label>
            <input
              id="reset-reason"
              className="input"
              value={reason}
              placeholder="optional"
              onChange={(event) => setReason(event.target.value)}
            />
          </div>
        </>
      )}
      {error === undefined ? null : (
        <p className="fail st-failed" role="alert">
          <b>The server refused</b>
          <span className="mid">{error}</span>
        </p>
      )}
    </Dialog>
  );
}

interface Asked {
  readonly choice: ResetChoice;
  readonly reason: string;
  readonly keepsSignals: boolean;
  readonly keepsUpdates: boolean;
}

function useReset({ run }: RunView) {
  const router = useRouter();
  const [isSending, setSending] = useState(false);
  const [error, setError] = useState<string>();
  const send = async ({ choice, ...asked }: Asked) => {
    setSending(true);
    setError(undefined);
    try {
      const { runId } = await api.workflow.reset.mutate({ ...run, taskFinishEventId: choice.finishId, ...asked });
      // The address of the new run opens no dialog; closing this one first would hold the page at the old address.
      router.push(paths.run({ ...run, runId }));
      tell(
        <>
          Reset: this is the new run. <Link href={paths.run(run)}>Former run</Link>
        </>,
      );
    } catch (failed) {
      setError(toProblem(failed).message);
      setSending(false);
    }
  };
  return { isSending, error, send };
}
