/** Which of many rows of one height are in sight, and which stand ready around them. */
export interface RowWindow {
  /** The rows to hold, up to `end` and without it. */
  readonly first: number;
  readonly end: number;
  /** Those of them in sight, up to `seenEnd` and without it. */
  readonly seenFirst: number;
  readonly seenEnd: number;
}

export interface RowView {
  /** Pixels that are scrolled. */
  readonly top: number;
  /** Pixels of what can be seen. */
  readonly height: number;
}

/** Rows come and go this many at a time, so that most frames of scrolling change nothing. */
const CHUNK_ROWS = 8;

/** Whole chunks of rows, and one more on either side. Who is scrolled further than the rows reach sees the last of them. */
export function rowWindow({ top, height }: RowView, rowPx: number, count: number): RowWindow {
  const from = Math.max(0, Math.min(top, count * rowPx - height));
  const seenFirst = Math.min(count, Math.floor(from / rowPx));
  const seenEnd = Math.min(count, Math.max(seenFirst, Math.ceil((from + height) / rowPx)));
  const last = Math.max(0, seenEnd - 1);
  return {
    first: Math.max(0, Math.floor(seenFirst / CHUNK_ROWS) - 1) * CHUNK_ROWS,
    end: Math.min(count, (Math.floor(last / CHUNK_ROWS) + 2) * CHUNK_ROWS),
    seenFirst,
    seenEnd,
  };
}

/** Where to scroll so that a row is whole in sight, by as little as will do. */
export function topFor(index: number, rowPx: number, { top, height }: RowView): number {
  const start = index * rowPx;
  if (start < top) return start;
  return Math.max(top, start + rowPx - height);
}
