'use client';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { api, toProblem } from '../../data/api-client.ts';
import { usePreference } from '../../data/preferences.ts';
import { comparable } from '../../data/relatives-queries.ts';
import type { RunView } from '../../data/run-view.ts';
import type { RunName } from '../../domain/run-name.ts';
import { parseRunName } from '../../domain/run-name.ts';
import { runLook } from '../../domain/status.ts';
import { formatDuration } from '../../lib/duration.ts';
import { middleCut } from '../../lib/text.ts';
import { formatMoment } from '../../lib/time.ts';
import { Moment } from '../../ui/moment.tsx';
import { useShortcuts } from '../../ui/shortcuts.ts';
import { StatusMark } from '../../ui/status-mark.tsx';
import { useNow } from '../../ui/use-now.ts';
import { BASELINE_RUNS } from './baseline-view.tsx';

interface PickerProps {
  readonly view: RunView;
  /** What an address asked for and does not name a run; shown in the field. */
  readonly asked: string;
  readonly onChoose: (run: RunName) => void;
  readonly onBaseline: () => void;
}

/** Which run to lay beside this one: two that are likely, what is usual, and any other by its id. */
export function OtherRunPicker({ view, asked, onChoose, onBaseline }: PickerProps) {
  const { data, error, isPending } = useQuery(comparable(view.run, view.description));
  return (
    <div className="scroll">
      <div className="cmp-pick">
        <h2>Compare with which run?</h2>
        <dl className="cmp-offers">
          <Offer title="Previous run of this id" row={data?.previous} isPending={isPending} onChoose={onChoose} />
          <Offer title="Last success of this type" row={data?.success} isPending={isPending} onChoose={onChoose} />
          <dt>What is usual</dt>
          <dd>
            <button className="btn" type="button" onClick={onBaseline}>
              The last successes{' '}
              <span className="k2" aria-hidden="true">
                B
              </span>
            </button>
            <span className="dim small">each step beside the same step of up to {BASELINE_RUNS} runs</span>
          </dd>
        </dl>
        {error === null ? null : <p className="mid">The list did not answer: {toProblem(error).message}</p>}
        <AnyRun view={view} asked={asked} onChoose={onChoose} />
      </div>
    </div>
  );
}

interface OfferProps {
  readonly title: string;
  readonly row:
    | {
        readonly workflowId: string;
        readonly runId: string;
        readonly status: string;
        readonly startedAt: number;
        readonly closedAt: number | null;
      }
    | null
    | undefined;
  readonly isPending: boolean;
  readonly onChoose: (run: RunName) => void;
}

function Offer({ title, row, isPending, onChoose }: OfferProps) {
  const zone = usePreference('zone');
  const now = useNow();
  const look = runLook(row?.status ?? '');
  return (
    <>
      <dt>{title}</dt>
      <dd>
        {row ? (
          <>
            <button className="btn mono" type="button" title={row.workflowId} onClick={() => onChoose(row)}>
              <span className="sr">{title}: </span>
              {middleCut(row.workflowId, 40)}
            </button>
            <StatusMark look={look} text={`${look.word} ${row.closedAt === null ? '' : formatDuration(row.closedAt - row.startedAt)}`} />
            <span className="dim small">
              <Moment at={row.startedAt}>{formatMoment(row.startedAt, zone, now)}</Moment>
            </span>
          </>
        ) : (
          <span className="dim">{row === null ? 'There is none.' : isPending ? 'looking…' : ''}</span>
        )}
      </dd>
    </>
  );
}

function AnyRun({ view, asked, onChoose }: Omit<PickerProps, 'onBaseline'>) {
  const [text, setText] = useState(asked);
  const [error, setError] = useState<string>();
  const [isLooking, setLooking] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  useShortcuts([{ keys: '/', shown: '/', label: 'Name the other run', scope: 'Compare', run: () => field.current?.focus() }]);
  const find = async () => {
    const name = parseRunName(text);
    if (name === undefined) return setError('Which run?');
    setLooking(true);
    setError(undefined);
    try {
      const found = await api.workflow.describe.query({ namespace: view.run.namespace, ...name });
      if (found.runId === view.run.runId) setError('That is this run.');
      else onChoose(found);
    } catch (failed) {
      setError(toProblem(failed).message);
    } finally {
      setLooking(false);
    }
  };
  return (
    <form
      className={`fld ${error === undefined ? '' : 'err'}`}
      onSubmit={(event) => {
        event.preventDefault();
        void find();
      }}
    >
      <label htmlFor="compare-with">Any run: a workflow id, or workflow id/run id</label>
      <span className="row">
        <input
          id="compare-with"
          ref={field}
          className="input mono grow"
          value={text}
          spellCheck={false}
          autoComplete="off"
          aria-invalid={error !== undefined}
          aria-describedby="compare-with-m"
          onChange={(event) => setText(event.target.value)}
        />
        <button className="btn primary" type="submit" disabled={isLooking}>
          Compare
        </button>
      </span>
      <p id="compare-with-m" className={error === undefined ? 'hint' : 'msg'} role={error === undefined ? undefined : 'alert'}>
        {error ?? 'Without a run id, the newest run.'}
      </p>
    </form>
  );
}
