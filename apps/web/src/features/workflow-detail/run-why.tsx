'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useQueryStates } from 'nuqs';
import { useState } from 'react';
import { paths } from '../../data/paths.ts';
import { usePreference } from '../../data/preferences.ts';
import { why } from '../../data/queries.ts';
import { timelineParsers, whyParsers } from '../../data/run-tab-state.ts';
import type { RunView } from '../../data/run-view.ts';
import { isOpen, runLook } from '../../domain/status.ts';
import type { Phrase } from '../../domain/why.ts';
import { whyOf } from '../../domain/why.ts';
import { formatDuration } from '../../lib/duration.ts';
import { useAnnounced } from '../../ui/announcer.tsx';
import { Phrases, textOf } from '../../ui/phrases.tsx';
import { Strip } from '../../ui/strip.tsx';
import { useNow } from '../../ui/use-now.ts';
import type { ActionName } from './action-dialogs.tsx';
import { ActionPlace } from './action-place.tsx';
import type { Finding } from './why-action.tsx';
import { WhyActionButton } from './why-action.tsx';
import { WhyInspector } from './why-inspector.tsx';
import { glyphOf, toneOf } from './why-look.ts';

/** An activity runs, waits for its next try, runs: told once, it is no news for a while. */
const REST_MS = 60_000;

/** The conclusion, before any detail: why an open run does not move, or how a closed one ended. */
export function RunWhy({ view }: { view: RunView }) {
  const { description, stoppedAt } = view;
  if (description === undefined) return null;
  return isOpen(description.status) && stoppedAt === undefined ? (
    <OpenWhy view={view} status={description.status} />
  ) : (
    <RecordedWhy view={view} />
  );
}

function OpenWhy({ view, status }: { view: RunView; status: string }) {
  const zone = usePreference('zone');
  const isLive = usePreference('isLive');
  const now = useNow();
  const { data } = useQuery(why(view.run, true, isLive));
  const [{ why: isShown }, setShown] = useQueryStates(whyParsers);
  const [{ sel }, setTimeline] = useQueryStates({ sel: timelineParsers.sel });
  const [dialog, setDialog] = useState<ActionName>();
  const isOnReplay = usePathname().endsWith('/replay');
  const findings = data?.findings ?? [];
  const first = findings[0];
  const sentence = first?.sentence.map((phrase) => textOf(phrase, now, zone)).join('') ?? '';
  useAnnounced(first && `${status} ${subjectOf(first)}`, `${runLook(status).word}. ${sentence}`, REST_MS);
  if (first === undefined) return null;
  // The page's own button replays; a second one beside it would only lead here.
  const action = first.actions.find(({ kind }) => kind !== 'replay' || !isOnReplay);
  const isInspecting = isShown && sel === null;
  const toggle = () => {
    void setShown({ why: !isInspecting });
    if (!isInspecting) void setTimeline({ sel: null });
  };
  return (
    <>
      <Strip
        isAnnounced
        tone={toneOf(first)}
        glyph={glyphOf(first)}
        actions={
          <>
            {action === undefined ? null : (
              <WhyActionButton view={view} action={action} isPrimary={first.severity !== 'waiting'} onAct={setDialog} />
            )}
            <button className="btn" type="button" aria-expanded={isInspecting} onClick={toggle}>
              {findings.length > 1 ? `${findings.length} reasons` : 'Evidence'}
            </button>
          </>
        }
      >
        <Phrases phrases={first.sentence} now={now} zone={zone} />
      </Strip>
      {isInspecting ? <WhyInspector view={view} findings={findings} now={now} onAct={setDialog} onClose={toggle} /> : null}
      <ActionPlace view={view} action={dialog} onClose={() => setDialog(undefined)} />
    </>
  );
}

function endedWords({ description }: RunView, phrases: readonly Phrase[]): string {
  if (description === undefined) return '';
  const { status, startedAt, closedAt } = description;
  const took = closedAt === null ? '' : ` ${status === 'Completed' ? 'in' : 'after'} ${formatDuration(closedAt - startedAt)}`;
  const how = phrases.map((phrase) => (typeof phrase === 'string' ? phrase : phrase.strong)).join('');
  return `Run ${runLook(status).word.toLowerCase()}${took}. ${how}`;
}

/** What a finding is of: the next attempt of the same activity is no other. */
function subjectOf({ code, sentence }: Finding): string {
  const evidence = sentence.flatMap((phrase) => (typeof phrase !== 'string' && 'strong' in phrase ? [phrase.strong] : []));
  return `${code} ${evidence.join(' ').replace(/\d+/g, '')}`;
}

function RecordedWhy({ view }: { view: RunView }) {
  const { description, events, groups, run, stoppedAt } = view;
  const zone = usePreference('zone');
  const clock = useNow(false);
  const now = stoppedAt ?? clock;
  const status = description?.status ?? '';
  const found = whyOf({ status, now, events, groups });
  // How it ended is in the last event; until that is here there is nothing to tell.
  useAnnounced(view.isLoading || events.length === 0 ? undefined : status, endedWords(view, found?.phrases ?? []));
  if (found === undefined) return null;
  const { action, tone, phrases } = found;
  // From a file only its own events can be reached.
  const isReached = action !== undefined && (stoppedAt === undefined || action.kind === 'event');
  const link =
    action?.kind === 'event' ? (
      <Link className="btn" href={paths.event(run, action.eventId)}>
        See event {action.eventId}
      </Link>
    ) : action?.kind === 'run' ? (
      <Link className="btn" href={paths.run({ ...run, runId: action.runId })}>
        Next run
      </Link>
    ) : undefined;
  return (
    <Strip isAnnounced tone={tone} glyph={tone} actions={isReached ? link : undefined}>
      <Phrases phrases={phrases} now={now} zone={zone} />
    </Strip>
  );
}
