'use client';
import { memo, Suspense } from 'react';
import { useListStrip } from '../../data/list-strip.ts';
import { late } from '../../ui/late.tsx';
import { PaneBoundary } from '../../ui/pane-boundary.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { ActivityHistogram } from './activity-histogram.tsx';

const LatencyHeatmap = late('The durations', () => import('./latency-heatmap.tsx').then((module) => module.LatencyHeatmap));
const StepStrip = late('The steps', () => import('./step-strip.tsx').then((module) => module.StepStrip));

const STRIPS = [
  { value: 'starts', label: 'Starts' },
  { value: 'durations', label: 'Durations' },
] as const;

const DURATIONS = [
  { value: 'durations', label: 'Runs' },
  { value: 'steps', label: 'Steps' },
] as const;

interface ActivityStripProps {
  readonly namespace: string;
  readonly now: number;
  /** False while the rows are waited for: they come first. */
  readonly isAsked: boolean;
}

/** The picture above the list: when its runs started, or how long they and their steps took. */
export const ActivityStrip = memo(function ActivityStrip(props: ActivityStripProps) {
  return (
    <PaneBoundary pane="strip">
      <Picture {...props} />
    </PaneBoundary>
  );
});

function Picture({ namespace, now, isAsked }: ActivityStripProps) {
  const { strip, setStrip } = useListStrip();
  const choice = (
    <span className="hist-v">
      <Segmented label="What the picture shows" value={strip === 'starts' ? strip : 'durations'} options={STRIPS} onChange={setStrip} />
    </span>
  );
  if (strip === 'starts') return <ActivityHistogram namespace={namespace} now={now} isAsked={isAsked} choice={choice} />;
  const choices = (
    <>
      {choice}
      <span className="hist-v">
        <Segmented label="Durations of" value={strip} options={DURATIONS} onChange={setStrip} />
      </span>
    </>
  );
  return (
    <Suspense fallback={<div className="hist">{choice}</div>}>
      {strip === 'steps' ? (
        <StepStrip namespace={namespace} choice={choices} />
      ) : (
        <LatencyHeatmap namespace={namespace} now={now} choice={choices} />
      )}
    </Suspense>
  );
}
