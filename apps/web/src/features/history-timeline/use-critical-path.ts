'use client';
import { useMemo } from 'react';
import type { RunView } from '../../data/run-view.ts';
import type { AttemptIndex } from '../../domain/attempts.ts';
import type { CriticalPath } from '../../domain/critical-path.ts';
import { criticalPath } from '../../domain/critical-path.ts';

interface PathOptions {
  readonly isShown: boolean;
  readonly end: number;
  readonly attempts: AttemptIndex;
}

/** Worked out only while it is looked at. */
export function useCriticalPath({ events, groups }: RunView, { isShown, end, attempts }: PathOptions): CriticalPath | undefined {
  return useMemo(() => (isShown ? criticalPath({ events, groups, end, attempts }) : undefined), [isShown, events, groups, end, attempts]);
}
