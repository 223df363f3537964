'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useCallback } from 'react';
import { paths } from '../../data/paths.ts';
import type { RunId } from '../../data/queries.ts';
import { description } from '../../data/queries.ts';
import { recordReveal } from '../../data/reveal.ts';
import { useRunAttempts } from '../../data/run-attempts.ts';
import { isOfRun } from '../../domain/places.ts';
import { Icon } from '../../ui/icon.tsx';
import { Secrets } from '../../ui/payload/hidden.tsx';
import type { InspectorProps } from './timeline-inspector.tsx';
import { TimelineInspector } from './timeline-inspector.tsx';
import type { Children } from './use-children.ts';

interface StepInspectorProps extends Omit<InspectorProps, 'runLine'> {
  readonly childRuns: Children;
}

/** The inspector of a row: of the page's own run, or of that of a child which is opened in it. */
export function StepInspector({ childRuns, eventId, ...rest }: StepInspectorProps) {
  if (isOfRun(eventId)) return <TimelineInspector {...rest} eventId={eventId} />;
  const child = childRuns.runOf(eventId);
  return child === undefined ? null : <ChildInspector {...rest} view={child.view} eventId={childRuns.eventOf(eventId)} />;
}

function ChildInspector({ view, ...rest }: Omit<InspectorProps, 'runLine' | 'attempts'>) {
  // A run that is over does not say so where its history is kept.
  const { data } = useQuery({ ...description(view.run, false), enabled: view.description === undefined });
  const known = { ...view, description: view.description ?? data };
  const attempts = useRunAttempts(known);
  const { run } = view;
  // What is revealed here is of the child, and is written down as that.
  const record = useCallback((place: string) => recordReveal(run, place), [run]);
  return (
    <Secrets record={record}>
      <TimelineInspector {...rest} view={known} attempts={attempts} runLine={<RunLine run={run} />} />
    </Secrets>
  );
}

function RunLine({ run }: { run: RunId }) {
  return (
    <div className="row small insp-run">
      <Icon name="child" small />
      <span className="dim">in</span>
      <Link className="mono cut" href={paths.run(run)}>
        {run.workflowId}
      </Link>
      <span className="dim mono">{run.runId.slice(0, 8)}</span>
    </div>
  );
}
