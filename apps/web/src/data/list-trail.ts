'use client';
import { useMemo, useSyncExternalStore } from 'react';
import { placeIn, runsAround } from '../domain/list-trail.ts';
import type { TrailRun } from '../domain/list-trail.ts';
import type { RunId } from './queries.ts';

/** The list that a run was opened from. */
interface Trail {
  readonly namespace: string;
  /** The list's address after its question mark. */
  readonly search: string;
  readonly runs: readonly TrailRun[];
}

const KEY = 'tidemark-trail';
let current: Trail | null | undefined;

const isRun = (kept: unknown): kept is TrailRun =>
  typeof kept === 'object' &&
  kept !== null &&
  'workflowId' in kept &&
  typeof kept.workflowId === 'string' &&
  'runId' in kept &&
  typeof kept.runId === 'string';

/** A console of another version may have kept something else. */
const isTrail = (kept: unknown): kept is Trail =>
  typeof kept === 'object' &&
  kept !== null &&
  'namespace' in kept &&
  typeof kept.namespace === 'string' &&
  'search' in kept &&
  typeof kept.search === 'string' &&
  'runs' in kept &&
  Array.isArray(kept.runs) &&
  kept.runs.every(isRun);

/** As long as the tab lasts, reloads included; another tab has come another way. */
function read(): Trail | null {
  if (current === undefined) {
    try {
      const kept: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? 'null');
      current = isTrail(kept) ? kept : null;
    } catch {
      // Storage may be off.
      current = null;
    }
  }
  return current;
}

/** Notes which runs stand around the one that is opened. */
export function keepTrail(namespace: string, rows: readonly TrailRun[], opened: TrailRun): void {
  current = { namespace, search: location.search.slice(1), runs: runsAround(rows, opened) };
  try {
    sessionStorage.setItem(KEY, JSON.stringify(current));
  } catch {
    // It then lasts as long as the page.
  }
}

const never = () => () => undefined;

export interface RunPlace {
  readonly search: string;
  readonly previous: RunId | undefined;
  readonly next: RunId | undefined;
}

/** Where a run stands in the list that it was opened from; undefined when it came another way. */
export function useTrail({ namespace, runId }: RunId): RunPlace | undefined {
  const trail = useSyncExternalStore(never, read, () => null);
  return useMemo(() => {
    const place = trail?.namespace === namespace ? placeIn(trail.runs, runId) : undefined;
    if (trail === null || place === undefined) return undefined;
    const of = (run: TrailRun | undefined) => (run === undefined ? undefined : { namespace, ...run });
    return { search: trail.search, previous: of(place.previous), next: of(place.next) };
  }, [trail, namespace, runId]);
}
