'use client';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { useCallback, useDeferredValue, useEffect } from 'react';
import { isAway } from '../../data/api-client.ts';
import { useTellLost } from '../../data/lost-stream.ts';
import { paths } from '../../data/paths.ts';
import { rememberPage, usePreference } from '../../data/preferences.ts';
import { recordReveal } from '../../data/reveal.ts';
import { useRunStream } from '../../data/run-history.ts';
import { useRunParams } from '../../data/run-params.ts';
import { useRunView } from '../../data/run-view.ts';
import { InspectorSlot } from '../../ui/inspector.tsx';
import { NotHereYet } from '../../ui/not-here-yet.tsx';
import { PaneBoundary } from '../../ui/pane-boundary.tsx';
import { Secrets } from '../../ui/payload/hidden.tsx';
import { useIsLiving } from '../../ui/use-is-living.ts';
import { CodecStrip } from './codec-strip.tsx';
import { CurrentDetails } from './current-details.tsx';
import { PartialStrip } from './partial-strip.tsx';
import { RunError } from './run-error.tsx';
import { RunHeader } from './run-header.tsx';
import { RunTabs } from './run-tabs.tsx';
import { RunWhy } from './run-why.tsx';
import './workflow-detail.css';

/** The frame of a run: who it is, why it stands where it stands, and its tabs. */
export function RunFrame({ children }: { children: ReactNode }) {
  const run = useRunParams();
  const isLive = usePreference('isLive');
  const view = useRunView(run);
  const stream = useRunStream(run, isLive);
  useTellLost(stream === 'lost');
  const tab = usePathname().split('/')[6] ?? 'timeline';
  const type = view.description?.type;
  useEffect(() => {
    if (type !== undefined) rememberPage({ path: paths.run(run), title: run.workflowId, detail: type });
  }, [run, type]);
  const record = useCallback((place: string) => recordReveal(run, place), [run]);
  const isUnknown = view.description === undefined && view.error !== null;
  const isMissing = isUnknown && !isAway(view.error);
  const isUnread = isUnknown && view.events.length === 0;
  // Who comes from another page sees who the run is before its tab is drawn; the first HTML holds both.
  const isDrawn = useDeferredValue(true, !useIsLiving());
  return (
    <div className="page">
      <main className="main" id="main" aria-label={`Run ${run.workflowId}`}>
        <RunHeader view={view} stream={stream} />
        {isMissing ? (
          <RunError run={run} error={view.error} />
        ) : (
          <>
            <PaneBoundary pane="why">
              <RunWhy view={view} />
            </PaneBoundary>
            <CodecStrip namespace={run.namespace} />
            <PaneBoundary pane="details">
              <CurrentDetails view={view} isLive={isLive} />
            </PaneBoundary>
            <PartialStrip view={view} />
            <RunTabs view={view} />
            {isUnread ? (
              <NotHereYet what="The run is" />
            ) : isDrawn ? (
              // Around the tabs: what was read in one of them is read in the others.
              <Secrets key={run.runId} record={record}>
                <PaneBoundary key={tab} pane={tab}>
                  {children}
                </PaneBoundary>
              </Secrets>
            ) : null}
          </>
        )}
      </main>
      <InspectorSlot />
    </div>
  );
}
