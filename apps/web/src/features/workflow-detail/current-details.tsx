'use client';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { handlers } from '../../data/queries.ts';
import type { RunView } from '../../data/run-view.ts';
import { isOpen } from '../../domain/status.ts';
import { firstLine } from '../../lib/text.ts';
import { Icon } from '../../ui/icon.tsx';
import './run-raw.css';
import { MarkdownView } from '../../ui/payload/markdown-view.tsx';

/** What the workflow says of itself at the moment, where its author lets it. Only a worker that runs it knows. */
export function CurrentDetails({ view, isLive }: { view: RunView; isLive: boolean }) {
  const { run, description, events } = view;
  // A run that no worker has worked on has nothing to say, and a closed one is not woken for it.
  const isAsked = description !== undefined && isOpen(description.status) && events.some(({ type }) => type === 'WorkflowTaskCompleted');
  const { data } = useQuery(handlers(run, isAsked, isLive));
  const [isShown, setShown] = useState(true);
  const details = data?.details;
  if (!details) return null;
  return (
    <section className="cdet" aria-label="Current details">
      <button className="cdet-h" type="button" aria-expanded={isShown} onClick={() => setShown(!isShown)}>
        <Icon name="right" small className={isShown ? 'open' : ''} />
        <b>Current details</b>
        {isShown ? null : <span className="dim cut">{firstLine(details)}</span>}
      </button>
      {isShown ? (
        <div className="cdet-b" tabIndex={0} role="region" aria-label="Current details, text">
          <MarkdownView text={details} label="Current details" />
        </div>
      ) : null}
    </section>
  );
}
