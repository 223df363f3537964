'use client';
import { useQueries, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { Places } from '../domain/places.ts';
import { beginning, pendingOf, runsOfChild } from './child-queries.ts';
import type { ChildRun, Questions } from './child-reader.ts';
import { ChildReader } from './child-reader.ts';
import { usePreference } from './preferences.ts';
import type { RunView } from './run-view.ts';

const NO_QUESTIONS: Questions = { chains: [], runs: [] };

/** The runs of the children that are opened in the timeline of a run, by path: parents before what is in them, which only they lead to. */
export function useChildRuns(
  { run, groups }: Pick<RunView, 'run' | 'groups'>,
  paths: readonly string[],
  places: Places,
): ReadonlyMap<string, ChildRun> {
  const client = useQueryClient();
  const isLive = usePreference('isLive');
  const [reader] = useState(() => new ChildReader(client, places));
  const [{ chains, runs }, setQuestions] = useState(NO_QUESTIONS);
  const answered = [
    useQueries({ queries: chains.map(({ run: of, isBehind }) => runsOfChild(of, isLive && isBehind)), combine: marksOf }),
    useQueries({ queries: runs.map(({ run: of }) => beginning(client, of, isLive)), combine: marksOf }),
    useQueries({ queries: runs.map(({ run: of, isOpen }) => pendingOf(of, isOpen, isLive)), combine: marksOf }),
  ].join();
  // The answers are in the cache; that they are others than before is told by their marks.
  const { found, questions } = useMemo(
    () => ({ ...reader.read({ run, groups }, paths), answered }),
    [reader, run, groups, paths, answered],
  );
  // Each answer may lead one level deeper.
  if (JSON.stringify(questions) !== JSON.stringify({ chains, runs })) setQuestions(questions);
  return found;
}

interface Answer {
  readonly dataUpdatedAt: number;
  readonly errorUpdatedAt: number;
  readonly isPending: boolean;
  readonly isError: boolean;
}

const marksOf = (all: readonly Answer[]): string =>
  all.map(({ dataUpdatedAt, errorUpdatedAt, isPending, isError }) => `${dataUpdatedAt} ${errorUpdatedAt} ${isPending} ${isError}`).join();
