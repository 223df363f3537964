'use client';
import { PreviewCard } from '@base-ui/react/preview-card';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { useEffect, useId } from 'react';
import type { ApiOutput } from '../../data/api-client.ts';
import { isAway, toProblem } from '../../data/api-client.ts';
import { usePreference } from '../../data/preferences.ts';
import type { RunId } from '../../data/queries.ts';
import { description, why } from '../../data/queries.ts';
import { isOpen, runLook } from '../../domain/status.ts';
import { formatAge, formatDuration, formatOffset, formatUntil } from '../../lib/duration.ts';
import { middleCut } from '../../lib/text.ts';
import { formatClock, formatDay, formatMoment, toIso, zoneName } from '../../lib/time.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Phrases } from '../../ui/phrases.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { tell } from '../../ui/toasts.tsx';
import { useNow } from '../../ui/use-now.ts';
import type { CardSubject } from './card-subject.ts';
import { CARD_CLASS, runOf } from './card-subject.ts';
import './hover-card.css';

/** Beside the row that it speaks of, never over it. */
export function HoverCard({ subject, onClose }: { subject: CardSubject; onClose: () => void }) {
  const id = useId();
  const { anchor } = subject;
  useEffect(() => {
    anchor.setAttribute('aria-describedby', id);
    return () => anchor.removeAttribute('aria-describedby');
  }, [anchor, id]);
  return (
    <PreviewCard.Root open onOpenChange={(stays) => (stays ? undefined : onClose())}>
      <PreviewCard.Portal>
        <PreviewCard.Positioner
          anchor={{ getBoundingClientRect: () => besideRow(anchor) }}
          side="bottom"
          align="start"
          sideOffset={4}
          style={{ zIndex: 70 }}
        >
          <PreviewCard.Popup className={`pop ${CARD_CLASS}`} id={id}>
            {subject.kind === 'moment' ? <MomentCard at={subject.at} /> : <RunCard run={subject.run} />}
          </PreviewCard.Popup>
        </PreviewCard.Positioner>
      </PreviewCard.Portal>
    </PreviewCard.Root>
  );
}

/** As wide as what is pointed at, as tall as the row that it stands in. */
function besideRow(anchor: HTMLElement): DOMRect {
  const at = anchor.getBoundingClientRect();
  const row = (anchor.closest('tr, [role="row"]') ?? anchor).getBoundingClientRect();
  return new DOMRect(at.x, row.y, at.width, row.height);
}

function MomentCard({ at }: { at: number }) {
  const zone = usePreference('zone');
  const now = useNow();
  const iso = toIso(at);
  const since = useStartOfRun();
  useEffect(() => {
    const copy = (event: ClipboardEvent) => {
      if (window.getSelection()?.isCollapsed === false) return;
      event.clipboardData?.setData('text/plain', iso);
      event.preventDefault();
      tell(`${iso} copied.`);
    };
    document.addEventListener('copy', copy);
    return () => document.removeEventListener('copy', copy);
  }, [iso]);
  const clock = (where: string) => `${formatDay(at, where, now)} ${formatClock(at, where, 3)}`;
  return (
    <dl className="kv">
      {zoneName(zone) === 'UTC' ? null : <Line name={zoneName(zone)}>{clock(zone)}</Line>}
      <Line name="UTC">{clock('UTC')}</Line>
      <Line name="From now">{at > now ? formatUntil(at - now) : formatAge(now - at)}</Line>
      {since === undefined || at < since ? null : <Line name="In the run">{formatOffset(at - since)}</Line>}
      <Line name="ISO">
        <span className="row">
          <span className="mono">{iso}</span>
          <CopyButton text={iso} what="moment as ISO" />
          <span className="kbd" aria-hidden="true">
            Ctrl C
          </span>
        </span>
      </Line>
    </dl>
  );
}

/** Of the run whose page this is, as far as the page has read it. */
function useStartOfRun(): number | undefined {
  const run = runOf(usePathname());
  const client = useQueryClient();
  return run === undefined ? undefined : client.getQueryData<ApiOutput['workflow']['describe']>(['run', run, 'description'])?.startedAt;
}

function RunCard({ run }: { run: RunId }) {
  const zone = usePreference('zone');
  const isLive = usePreference('isLive');
  const now = useNow();
  const { data, error } = useQuery(description(run, isLive));
  const isRunning = data !== undefined && isOpen(data.status);
  const waits = useQuery(why({ ...run, runId: data?.runId ?? run.runId }, isRunning, isLive)).data?.findings[0];
  if (data === undefined)
    return (
      <p className="mid">
        {error === null ? 'Looking…' : isAway(error) ? 'Not here: the engine does not answer.' : toProblem(error).message}
      </p>
    );
  const took = formatDuration((data.closedAt ?? now) - data.startedAt);
  return (
    <>
      <p className="row">
        <StatusMark look={runLook(data.status)} loud />
        <span className="dim">{isRunning ? took : `after ${took}`}</span>
      </p>
      <dl className="kv">
        <Line name="Workflow">
          <span className="mono">{middleCut(run.workflowId, 40)}</span>
        </Line>
        <Line name="Type">{data.type}</Line>
        <Line name="Started">{formatMoment(data.startedAt, zone, now)}</Line>
      </dl>
      {waits === undefined ? null : (
        <p className="mid">
          <Phrases phrases={waits.sentence} now={now} zone={zone} />
        </p>
      )}
    </>
  );
}

const Line = ({ name, children }: { name: string; children: ReactNode }) => (
  <>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </>
);
