/** How one failure differs from another, line by line. */
import type { RunFailure } from './run-event.ts';

export interface DiffLine {
  readonly mark: 'same' | 'gone' | 'new';
  readonly text: string;
}

/** Stacks are cut by the api; more lines than this are compared as they come. */
const LINES_MAX = 200;

/** Type and message, then the stack, of the failure and of what caused it. */
export function failureLines(failure: RunFailure): readonly string[] {
  const own = [`${failure.type}: ${failure.message}`, ...(failure.stack ?? '').split('\n').filter((line) => line.trim() !== '')];
  const lines = own.flatMap((line) => line.split('\n')).map((line) => line.trimEnd());
  return failure.cause ? [...lines, ...failureLines(failure.cause).map((line, at) => (at === 0 ? `caused by ${line}` : line))] : lines;
}

/** The fewest lines out and in that make `after` of `before`. */
export function diffLines(before: readonly string[], after: readonly string[]): readonly DiffLine[] {
  const one = before.slice(0, LINES_MAX);
  const other = after.slice(0, LINES_MAX);
  // common[i][j]: how many lines the rests from i and from j have in common.
  const common = Array.from({ length: one.length + 1 }, () => Array.from({ length: other.length + 1 }, () => 0));
  const at = (i: number, j: number): number => common[i]?.[j] ?? 0;
  for (let i = one.length - 1; i >= 0; i -= 1) {
    const row = common[i] ?? [];
    for (let j = other.length - 1; j >= 0; j -= 1)
      row[j] = one[i] === other[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  }
  const lines: DiffLine[] = [];
  for (let i = 0, j = 0; i < one.length || j < other.length; ) {
    const isSame = i < one.length && j < other.length && one[i] === other[j];
    if (isSame) lines.push({ mark: 'same', text: one[i] ?? '' });
    const isGone = !isSame && i < one.length && (j >= other.length || at(i + 1, j) >= at(i, j + 1));
    if (isGone) lines.push({ mark: 'gone', text: one[i] ?? '' });
    if (!isSame && !isGone) lines.push({ mark: 'new', text: other[j] ?? '' });
    if (isSame || isGone) i += 1;
    if (isSame || !isGone) j += 1;
  }
  return lines;
}

/** Changed lines with one line around them; -1 stands where lines were left out. */
export function nearChanges(lines: readonly DiffLine[], around = 1): readonly (DiffLine | -1)[] {
  const isNear = (at: number) => lines.slice(Math.max(0, at - around), at + around + 1).some(({ mark }) => mark !== 'same');
  const found: (DiffLine | -1)[] = [];
  for (const [at, line] of lines.entries()) {
    if (isNear(at)) found.push(line);
    else if (found.at(-1) !== -1) found.push(-1);
  }
  return found;
}
