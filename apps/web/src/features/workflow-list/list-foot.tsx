'use client';
import type { RowSort } from '../../domain/row-sort.ts';
import { columnOf } from '../../domain/list-columns.ts';
import { formatCount } from '../../lib/number.ts';

const MOMENTS: ReadonlySet<string> = new Set(['started', 'closed']);

/** In the words of what the column holds. */
function directionOf({ column, isDescending }: RowSort): string {
  if (MOMENTS.has(column)) return isDescending ? 'newest first' : 'oldest first';
  if (columnOf(column).isNumber) return isDescending ? 'greatest first' : 'smallest first';
  return isDescending ? 'Z to A' : 'A to Z';
}

interface SortNoteProps {
  readonly sort: RowSort;
  readonly loaded: number;
  /** Of how many the values are read that it is sorted by; undefined where they come with the rows. */
  readonly known: number | undefined;
  readonly hasMore: boolean;
  readonly isLoadingMore: boolean;
  readonly onMore: () => void;
  readonly onSort: (sort: undefined) => void;
}

/** Says how far a sort goes: servers list runs in one order, open ones first. */
export function SortNote({ sort, loaded, known, hasMore, isLoadingMore, onMore, onSort }: SortNoteProps) {
  return (
    <p className="bar sortnote axis">
      <span>
        Sorted by {columnOf(sort.column).label}, {directionOf(sort)}:{' '}
        <b className="mid">
          {hasMore ? 'of the ' : 'all '}
          {formatCount(loaded)} loaded
        </b>
        {known === undefined || known >= loaded ? null : `, once their values are read: ${formatCount(known)} so far`}
      </span>
      {hasMore ? (
        <button className="linkb" type="button" disabled={isLoadingMore} onClick={onMore}>
          {isLoadingMore ? 'Loading…' : 'Load 100 more'}
        </button>
      ) : null}
      <button className="linkb" type="button" onClick={() => onSort(undefined)}>
        The server’s order
      </button>
    </p>
  );
}

interface ListFootProps {
  readonly loaded: number;
  readonly scanned: number | null;
  readonly hasMore: boolean;
  readonly isLoadingMore: boolean;
  readonly isPending: boolean;
  /** More follow than are kept at once. */
  readonly isFull: boolean;
  readonly isFurther: boolean;
  readonly onFurther: () => void;
  readonly onNewest: () => void;
}

/** What the rows are of all, and how to go on. */
export function ListFoot({ loaded, scanned, hasMore, isLoadingMore, isPending, isFull, isFurther, onFurther, onNewest }: ListFootProps) {
  const isDone = !hasMore && !isFull && loaded > 0 && !isPending;
  return (
    <p className="tail axis">
      {scanned === null ? '' : `Prefix matches are complete; matches in the middle are from the newest ${formatCount(scanned)} runs. `}
      {isLoadingMore ? 'Reading the next 100…' : isDone ? `${formatCount(loaded)} shown, that is all.` : ''}
      {isFull ? (
        <>
          {formatCount(loaded)} are shown at once.{' '}
          <button className="linkb" type="button" onClick={onFurther}>
            Go on from here
          </button>
        </>
      ) : null}
      {isFurther ? (
        <>
          {' '}
          <button className="linkb" type="button" onClick={onNewest}>
            Back to the newest
          </button>
        </>
      ) : null}
    </p>
  );
}
