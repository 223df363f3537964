'use client';
import { useMemo, useState } from 'react';
import { api } from '../../data/api-client.ts';
import type { OverlapName } from '../../domain/schedule-overlap.ts';
import { compileTimes } from '../../domain/schedule-spec.ts';
import { formatCount, plural } from '../../lib/number.ts';
import { formatMoment } from '../../lib/time.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { OverlapField } from './overlap-field.tsx';
import type { ScheduleDialogProps } from './trigger-dialog.tsx';
import { useChange } from './use-change.ts';

const COUNTED_MAX = 1000;

/** A field of day and time without a zone, read as UTC; undefined while it is incomplete. */
const momentOf = (text: string): number | undefined => {
  const at = Date.parse(`${text}Z`);
  return text === '' || Number.isNaN(at) ? undefined : at;
};

export function BackfillDialog({ namespace, schedule, isOpen, onClose }: ScheduleDialogProps) {
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [overlap, setOverlap] = useState<OverlapName | null>('BufferAll');
  const { error, isSending, send, forget } = useChange();
  const fromAt = momentOf(from);
  const toAt = momentOf(to);
  const isBackwards = fromAt !== undefined && toAt !== undefined && toAt < fromAt;
  const times = useMemo(() => {
    const compiled = compileTimes(schedule.spec);
    if (!compiled.ok || fromAt === undefined || toAt === undefined || isBackwards) return undefined;
    return compiled.between(fromAt - 1, toAt + 1, COUNTED_MAX);
  }, [schedule.spec, fromAt, toAt, isBackwards]);
  const close = () => {
    forget();
    onClose();
  };
  const backfill = async () => {
    if (fromAt === undefined || toAt === undefined) return;
    const change = () => api.schedule.backfill.mutate({ namespace, id: schedule.id, from: fromAt, to: toAt, overlap });
    if (await send(change, `Backfill of ${schedule.id} begun.`)) close();
  };
  const field = (name: string, label: string, [value, set]: readonly [string, (value: string) => void]) => (
    <div className="fld">
      <label htmlFor={`backfill-${name}`}>{label}</label>
      <input
        id={`backfill-${name}`}
        className="input"
        type="datetime-local"
        step={1}
        value={value}
        onChange={(event) => set(event.target.value)}
        aria-describedby="backfill-times"
      />
    </div>
  );
  return (
    <Dialog
      isOpen={isOpen}
      onClose={close}
      title="Backfill"
      footer={
        <>
          <button className="btn quiet" type="button" onClick={close}>
            Cancel
          </button>
          <button
            className="btn primary"
            type="button"
            disabled={isSending || times === undefined || times.length === 0}
            onClick={() => void backfill()}
          >
            Backfill
          </button>
        </>
      }
    >
      <p className="mid">Does now what the schedule would have done at its times in a range, both ends included.</p>
      <div className="pair">
        {field('from', 'From, UTC', [from, setFrom])}
        {field('to', 'To, UTC', [to, setTo])}
      </div>
      <p id="backfill-times" className={isBackwards ? 'msgl' : 'mid'} role="status">
        {isBackwards ? 'The end lies before the beginning.' : timesWords(times)}
      </p>
      <OverlapField
        id="backfill-overlap"
        label="If the run before is still going"
        value={overlap}
        own={schedule.overlap}
        onChange={setOverlap}
      />
      {error ? (
        <p className="msgl" role="alert">
          {error}
        </p>
      ) : null}
    </Dialog>
  );
}

function timesWords(times: readonly number[] | undefined): string {
  const first = times?.[0];
  const last = times?.at(-1);
  if (times === undefined) return 'Say from when to when.';
  if (first === undefined || last === undefined) return 'The schedule has no time in this range.';
  const count = times.length === COUNTED_MAX ? `${formatCount(COUNTED_MAX)} times or more` : plural(times.length, 'time');
  return `${count} in this range, the first ${formatMoment(first, 'UTC', 0)}${times.length > 1 && times.length < COUNTED_MAX ? `, the last ${formatMoment(last, 'UTC', 0)}` : ''}.`;
}
