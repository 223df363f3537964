'use client';
import { useQueryClient } from '@tanstack/react-query';
import { toProblem } from '../../data/api-client.ts';
import { historyKey } from '../../data/load-history.ts';
import type { RunView } from '../../data/run-view.ts';
import { formatCount } from '../../lib/number.ts';
import { Strip } from '../../ui/strip.tsx';

/** Which part of a history could not be read. What is shown below is of the beginning alone. */
export function PartialStrip({ view: { run, events, total, isLoading, error } }: { view: RunView }) {
  const client = useQueryClient();
  if (isLoading || events.length === 0 || events.length >= total) return null;
  return (
    <Strip
      tone="retrying"
      glyph="taskfail"
      actions={
        <button className="btn" type="button" onClick={() => void client.refetchQueries({ queryKey: historyKey(run) })}>
          Read them now
        </button>
      }
    >
      Events{' '}
      <b>
        {formatCount(events.length + 1)}–{formatCount(total)}
      </b>{' '}
      are not here{error === null ? '' : `: ${toProblem(error).message}`} <span className="mid">They are asked for again every 4 s.</span>
    </Strip>
  );
}
