'use client';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { toProblem } from '../../data/api-client.ts';
import { sample } from '../../data/relatives-queries.ts';
import type { RunView } from '../../data/run-view.ts';
import type { RunSample, SampledSteps } from '../../domain/sampled-steps.ts';
import { sampleLimits, stepsOf } from '../../domain/sampled-steps.ts';
import { spreadOf } from '../../domain/spread.ts';
import type { BaselineRow } from '../../domain/step-baseline.ts';
import { compareWithBaseline, usualOf } from '../../domain/step-baseline.ts';
import { formatDuration } from '../../lib/duration.ts';
import { plural } from '../../lib/number.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Hollow } from '../../ui/hollow.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { useNow } from '../../ui/use-now.ts';
import { AnswerStrip } from './answer-strip.tsx';
import { BaselineTable } from './baseline-table.tsx';
import { mostWords, outsideWords, stepName } from './baseline-words.ts';
import { endOf, isRunning, RunMark } from './run-mark.tsx';
import './baseline.css';

/** So many histories are read at most. */
export const BASELINE_RUNS = 20;
const SHOWS = [
  { value: 'all', label: 'All steps' },
  { value: 'outside', label: 'Not as usual' },
] as const;

interface BaselineViewProps {
  readonly view: RunView;
  readonly onChange: () => void;
}

/** This run beside the last successes of its type, step by step. */
export function BaselineView({ view, onChange }: BaselineViewProps) {
  const type = view.description?.type ?? '';
  const filter = { status: ['Completed' as const], type, id: '', queue: '', query: '' };
  const { data, error } = useQuery(
    sample({ namespace: view.run.namespace, filter, count: BASELINE_RUNS, except: view.run.runId }, type !== ''),
  );
  const another = (
    <button className="btn" type="button" onClick={onChange}>
      Choose a run
    </button>
  );
  if (error !== null)
    return (
      <Hollow title="The last successes cannot be read." actions={another}>
        <p className="mid">{toProblem(error).message}</p>
      </Hollow>
    );
  if (data === undefined || view.isLoading) return <p className="blank mid late">Reading the last successes{type ? ` of ${type}` : ''}…</p>;
  if (data.runs.length === 0)
    return (
      <Hollow title={`No other run of ${type} to compare with.`} actions={another}>
        <p className="mid">{sampleLimits(data) || 'None that is kept has completed.'}</p>
      </Hollow>
    );
  return <Baseline view={view} type={type} sample={data} onChange={onChange} />;
}

interface BaselineProps extends BaselineViewProps {
  readonly type: string;
  readonly sample: RunSample;
}

function Baseline({ view, type, sample: read, onChange }: BaselineProps) {
  const isLive = isRunning(view);
  const now = useNow(isLive);
  const end = endOf(view, now);
  const [shows, setShows] = useState<'all' | 'outside'>('all');
  const [chosen, setChosen] = useState<string>();
  const runs = useMemo(() => stepsOf(read), [read]);
  const usual = useMemo(() => usualOf(runs), [runs]);
  const rows = useMemo(
    () => compareWithBaseline({ groups: view.groups.groups, end, isOpen: isLive }, usual),
    [view.groups, end, isLive, usual],
  );
  const outside = useMemo(() => rows.filter((row) => row.outside.length > 0), [rows]);
  const [first] = outside;
  const shown = shows === 'all' ? rows : outside;
  return (
    <div className="pg-compare pg-baseline">
      <div className="bar cmp-bar scrollx">
        <RunMark view={view} end={end} />
        <span className="mid">
          beside the last {plural(runs.length, 'success', 'successes')} of <b>{type}</b>
        </span>
        <button className="btn" type="button" onClick={onChange}>
          Change…
        </button>
        <span className="grow" />
        <CopyButton text={asJson(rows)} what="the table as JSON" />
        <Segmented label="Rows" value={shows} options={SHOWS} onChange={setShows} />
      </div>
      <Answer rows={rows} outside={outside} onShow={setChosen} />
      <p className="axis bl-note">
        <Total view={view} end={end} runs={runs} /> Read: {plural(runs.length, 'history', 'histories')} of at most {BASELINE_RUNS}, the
        newest first. {sampleLimits(read)}
      </p>
      <BaselineTable
        rows={shown}
        steps={rows.length}
        runs={runs.length}
        chosen={chosen ?? first?.key}
        told={first?.key}
        onChoose={setChosen}
      />
    </div>
  );
}

/** How the whole run lies among them. */
function Total({ view, end, runs }: { view: RunView; end: number; runs: readonly SampledSteps[] }) {
  const usual = spreadOf(runs.map(({ run }) => run.closedAt - run.startedAt));
  const took = end - (view.events[0]?.at ?? end);
  if (usual === undefined) return null;
  return (
    <>
      This run {isRunning(view) ? 'has taken' : 'took'} {formatDuration(took)}; half of the others took at most {formatDuration(usual.p50)},{' '}
      {mostWords(usual)}.
    </>
  );
}

interface AnswerProps {
  readonly rows: readonly BaselineRow[];
  readonly outside: readonly BaselineRow[];
  readonly onShow: (key: string) => void;
}

function Answer({ rows, outside, onShow }: AnswerProps) {
  const [first] = outside;
  if (first === undefined) return <AnswerStrip>Every step went as usual.</AnswerStrip>;
  return (
    <AnswerStrip onShow={() => onShow(first.key)}>
      {plural(outside.length, 'step')} of {rows.length} {outside.length === 1 ? 'is' : 'are'} not as usual. The first:{' '}
      <b>{stepName(first)}</b> {outsideWords(first)}.
    </AnswerStrip>
  );
}

const asJson = (rows: readonly BaselineRow[]): string =>
  JSON.stringify(
    rows.map(({ kind, name, turn, group, duration, wait, baseline, outside }) => ({
      kind,
      name,
      turn,
      status: group?.status,
      durationMs: duration,
      waitMs: wait,
      attempt: group?.attempt,
      baseline,
      outside,
    })),
    undefined,
    2,
  );
