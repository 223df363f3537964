'use client';
import { useMemo, useState } from 'react';
import type { RunId } from '../../data/queries.ts';
import type { RunView } from '../../data/run-view.ts';
import type { StepCost } from '../../domain/compare-cost.ts';
import { costliestStep } from '../../domain/compare-cost.ts';
import type { CompareRow } from '../../domain/compare-runs.ts';
import { compareRuns } from '../../domain/compare-runs.ts';
import { formatDuration } from '../../lib/duration.ts';
import { plural } from '../../lib/number.ts';
import { Hollow } from '../../ui/hollow.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { useNow } from '../../ui/use-now.ts';
import { AnswerStrip } from './answer-strip.tsx';
import { CompareTable } from './compare-table.tsx';
import { differenceWords } from './difference-words.ts';
import { RunDifferences } from './run-differences.tsx';
import { endOf, isRunning, RunMark } from './run-mark.tsx';
import { useOtherRun } from './use-other-run.ts';

const SHOWS = [
  { value: 'all', label: 'All steps' },
  { value: 'differences', label: 'Differences' },
] as const;

interface CompareViewProps {
  readonly a: RunView;
  readonly other: RunId;
  readonly onChange: () => void;
}

export function CompareView({ a, other, onChange }: CompareViewProps) {
  const b = useOtherRun(other);
  const now = useNow(isRunning(a) || isRunning(b));
  const ends = { a: endOf(a, now), b: endOf(b, now) };
  const [shows, setShows] = useState<'all' | 'differences'>('all');
  const [chosen, setChosen] = useState<string>();
  const rows = useMemo(
    () => compareRuns({ groups: a.groups.groups, end: ends.a }, { groups: b.groups.groups, end: ends.b }),
    [a.groups, b.groups, ends.a, ends.b],
  );
  const cost = useMemo(
    () => costliestStep(rows, { events: a.events, groups: a.groups, end: ends.a }, { events: b.events, groups: b.groups, end: ends.b }),
    [rows, a.events, a.groups, b.events, b.groups, ends.a, ends.b],
  );
  const first = rows.find((row) => row.difference !== undefined);
  const told = cost?.row ?? first;
  const shown = useMemo(() => (shows === 'all' ? rows : rows.filter((row) => row.difference !== undefined)), [rows, shows]);
  if (b.events.length === 0 && !b.isLoading) return <Unread run={other} onChange={onChange} />;
  // A beginning alone would differ from a whole in everything that follows.
  if (a.isLoading || b.isLoading) return <p className="blank mid late">Reading {other.workflowId}…</p>;
  return (
    <div className="pg-compare">
      <div className="bar cmp-bar scrollx">
        <RunMark letter="A" view={a} end={ends.a} />
        <RunMark letter="B" view={b} end={ends.b} />
        <button className="btn" type="button" onClick={onChange}>
          Change…
        </button>
        <span className="grow" />
        <Segmented label="Rows" value={shows} options={SHOWS} onChange={setShows} />
      </div>
      <Answer rows={rows} cost={cost} first={first} onShow={setChosen} />
      <div className="cmp-main">
        <CompareTable a={a} b={b} ends={ends} rows={shown} chosen={chosen ?? told?.key} told={told?.key} onChoose={setChosen} />
        <RunDifferences a={a} b={b} />
      </div>
    </div>
  );
}

interface AnswerProps {
  readonly rows: readonly CompareRow[];
  readonly cost: StepCost | undefined;
  readonly first: CompareRow | undefined;
  readonly onShow: (key: string) => void;
}

/** What cost the time, where the runs took unlike; then where they part first. */
function Answer({ rows, cost, first, onShow }: AnswerProps) {
  const told = cost?.row ?? first;
  if (told === undefined) return <AnswerStrip>Both took the same steps, in the same order and about as long.</AnswerStrip>;
  const count = rows.filter((row) => row.difference !== undefined).length;
  return (
    <AnswerStrip onShow={() => onShow(told.key)}>
      {cost === undefined ? null : (
        <>
          {cost.longer.toUpperCase()} took {formatDuration(cost.of)} longer, {formatDuration(Math.min(cost.ms, cost.of))} of it for{' '}
          <b>{(cost.row.a ?? cost.row.b)?.name}</b>.{' '}
        </>
      )}
      {first === undefined ? null : (
        <>
          First difference: <b>{(first.a ?? first.b)?.name}</b> {differenceWords(first)}. {plural(count, 'step')} of {rows.length} differ.
        </>
      )}
    </AnswerStrip>
  );
}

function Unread({ run, onChange }: { run: RunId; onChange: () => void }) {
  return (
    <Hollow
      icon="search"
      title={
        <>
          Run <span className="mono">{run.runId}</span> of <span className="mono">{run.workflowId}</span> cannot be read.
        </>
      }
      actions={
        <button className="btn" type="button" onClick={onChange}>
          Choose another run
        </button>
      }
    >
      <p className="mid">It may be past its retention, or in another namespace.</p>
    </Hollow>
  );
}
