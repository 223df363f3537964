'use client';
import { useRouter } from 'next/navigation';
import { keepTrail } from '../../data/list-trail.ts';
import { paths } from '../../data/paths.ts';
import type { ExecutionRow } from '../../data/queries.ts';

export interface OpenRow {
  /** Where a link of the row leads. */
  readonly follow: (href: string, row: ExecutionRow) => void;
  /** The run itself, here or in a tab of its own. */
  readonly open: (row: ExecutionRow, isBeside?: boolean) => void;
}

/** Leaves the list for a row of it, and notes which rows stand around that. */
export function useOpenRow(namespace: string, rows: readonly ExecutionRow[]): OpenRow {
  const router = useRouter();
  const follow = (href: string, row: ExecutionRow) => {
    keepTrail(namespace, rows, row);
    router.push(href);
  };
  return {
    follow,
    open: (row, isBeside = false) => {
      const href = paths.run({ namespace, ...row });
      if (isBeside) window.open(href, '_blank', 'noopener');
      else follow(href, row);
    },
  };
}
