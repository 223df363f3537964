'use client';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { useCallback, useEffect, useState } from 'react';
import { paths } from '../../data/paths.ts';
import type { RunView } from '../../data/run-view.ts';
import { tell } from '../../ui/toasts.tsx';

/** Longer than a stream takes, shorter than somebody waits for an answer. */
const SEEN_MS_MAX = 3000;

interface Written {
  readonly words: ReactNode;
  readonly type: string;
  /** The newest event before it was asked for. */
  readonly after: number;
}

export const lastEventOf = ({ events }: RunView): number => events.at(-1)?.id ?? 0;

/** Tells what was done, with a link to the event that it wrote as soon as the run shows it; without one where that takes longer. */
export function useTellEvent({ run, events }: RunView): (written: Written) => void {
  const [awaited, setAwaited] = useState<Written>();
  const seen = awaited === undefined ? undefined : events.findLast(({ id, type }) => id > awaited.after && type === awaited.type)?.id;
  const href = seen === undefined ? undefined : paths.event(run, seen);
  useEffect(() => {
    if (awaited === undefined) return undefined;
    const say = (link: ReactNode) => {
      setAwaited(undefined);
      tell(
        <>
          {awaited.words} {link}
        </>,
      );
    };
    if (href !== undefined) {
      say(
        <Link className="linkb" href={href}>
          Event {seen}
        </Link>,
      );
      return undefined;
    }
    const timer = setTimeout(() => say(null), SEEN_MS_MAX);
    return () => clearTimeout(timer);
  }, [awaited, href, seen]);
  return useCallback((written: Written) => setAwaited(written), []);
}
