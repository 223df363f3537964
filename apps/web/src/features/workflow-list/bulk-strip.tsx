'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import { api, toProblem } from '../../data/api-client.ts';
import { batch } from '../../data/batch-queries.ts';
import { paths } from '../../data/paths.ts';
import { formatCount, plural } from '../../lib/number.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Strip } from '../../ui/strip.tsx';
import type { StartedBulk } from './bulk-dialog.tsx';
import { BULK } from './bulk-words.ts';

interface BulkStripProps {
  readonly namespace: string;
  readonly started: StartedBulk;
  readonly onClose: () => void;
}

/** How far a batch is that was begun here; it goes on when the page is left. */
export function BulkStrip({ namespace, started, onClose }: BulkStripProps) {
  const { data, error } = useQuery(batch(namespace, started.jobId));
  const [refusal, setRefusal] = useState<string>();
  const isRunning = data === undefined || data.state === 'Running';
  const stop = () =>
    api.batch.stop
      .mutate({ namespace, jobId: started.jobId, reason: 'Stopped in the list.' })
      .catch((failed: unknown) => setRefusal(toProblem(failed).message));
  const tone = isRunning ? 'running' : (data?.failed ?? 0) > 0 || data?.state === 'Failed' ? 'failed' : 'completed';
  const word = BULK[started.kind];
  return (
    <Strip
      tone={tone}
      glyph={tone}
      actions={
        <>
          {isRunning ? <ActButton onClick={() => void stop()}>Stop</ActButton> : null}
          <Link className="btn" href={paths.batch(namespace, started.jobId)}>
            Open batch
          </Link>
          <button className="btn quiet icon" type="button" aria-label="Close this message" onClick={onClose}>
            <Icon name="x" small />
          </button>
        </>
      }
    >
      {refusal ?? (error === null ? null : toProblem(error).message) ?? (
        <>
          {isRunning ? `${word.doing}: ` : data?.state === 'Failed' ? `${word.title} stopped: ` : `${word.title} done: `}
          <b>{formatCount(data?.complete ?? 0)}</b>
          {(data?.total ?? 0) > 0 ? ` of ${plural(data?.total ?? 0, 'run')}` : ''}
          {(data?.failed ?? 0) > 0 ? (
            <>
              , <b>{formatCount(data?.failed ?? 0)}</b> refused
            </>
          ) : null}
          .
        </>
      )}
    </Strip>
  );
}
