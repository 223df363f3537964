'use client';
import { memo } from 'react';
import type { ApiOutput } from '../../data/api-client.ts';
import { useListFilter } from '../../data/list-filter.ts';
import type { RUN_STATUSES } from '../../domain/status.ts';
import { isRunStatus, runLook } from '../../domain/status.ts';
import { formatCount } from '../../lib/number.ts';
import { Glyph } from '../../ui/icon.tsx';

const ORDER = [
  'Running',
  'Paused',
  'Failed',
  'TimedOut',
  'Terminated',
  'Canceled',
  'ContinuedAsNew',
  'Completed',
] as const satisfies readonly (typeof RUN_STATUSES)[number][];

/** How many runs there are of each status; a click shows only them, a second click all again. */
export const StatusFacets = memo(function StatusFacets({ counts }: { counts: ApiOutput['workflow']['count'] | undefined }) {
  const { state, setState } = useListFilter();
  const chosen = new Set<string>(state.status);
  const shown = ORDER.filter((status) => (counts?.byStatus[status] ?? 0) > 0 || chosen.has(status));
  const toggle = (status: string) => {
    if (!isRunStatus(status)) return;
    void setState({ status: chosen.has(status) ? state.status.filter((one) => one !== status) : [...state.status, status] });
  };
  return (
    <div className="facets scrollx" role="group" aria-label="Runs by status">
      <button type="button" className="facet" aria-pressed={chosen.size === 0} onClick={() => void setState({ status: [] })}>
        <span>All</span>
        {counts === undefined ? null : <b>{formatCount(counts.total)}</b>}
      </button>
      {shown.map((status) => {
        const look = runLook(status);
        return (
          <button
            key={status}
            type="button"
            className={`facet st-${look.tone}`}
            aria-pressed={chosen.has(status)}
            onClick={() => toggle(status)}
          >
            <Glyph name={look.glyph} />
            <span>{look.word}</span>
            <b>{formatCount(counts?.byStatus[status] ?? 0)}</b>
          </button>
        );
      })}
    </div>
  );
});
