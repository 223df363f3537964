/** Rows of a run with those of the children that are opened beneath them, to any depth. */
import type { Group } from './event-groups.ts';
import { BLANK_GROUP } from './event-groups.ts';
import type { OpenedRun, OpenedRuns, RowNote } from './opened-run.ts';
import type { LayoutOptions, Segment, TimelineRow } from './timeline-layout.ts';
import type { Busy } from './time-scale.ts';
import { busyStretches, layoutRows } from './timeline-layout.ts';

interface ChildRowsOptions extends Pick<LayoutOptions, 'now' | 'expanded' | 'attempts' | 'level'> {
  /** Undefined where none can be. */
  readonly opened: OpenedRuns | undefined;
  /** Whether a step is of a kind that is shown. */
  readonly isShown: (group: Group) => boolean;
  /** Whether a step is what is looked for; a child in which something is found stays above it. */
  readonly isFound: (group: Group) => boolean;
}

/** With nothing opened it costs what `layoutRows` does. */
export function childRows(groups: readonly Group[], options: ChildRowsOptions): TimelineRow[] {
  const { opened, isShown, isFound } = options;
  const isAnyOpen = opened !== undefined && opened.size > 0;
  const holdsFound = ({ id }: Group): boolean =>
    stepsOf(opened?.get(id)).some((step) => isShown(step) && (isFound(step) || holdsFound(step)));
  const accepts = (group: Group): boolean => isShown(group) && (isFound(group) || (isAnyOpen && holdsFound(group)));
  const rows = layoutRows(groups, { ...options, accepts });
  if (!isAnyOpen) return rows;
  return rows.flatMap((row) => {
    const run = row.members.length === 1 ? opened.get(row.group.id) : undefined;
    return run === undefined ? [row] : [row, ...rowsOf(run, row.level + 1, options)];
  });
}

function rowsOf(run: OpenedRun, level: number, options: ChildRowsOptions): TimelineRow[] {
  const { attempts: _, now, ...rest } = options;
  const notes = run.notes.map((note, index) => new NoteRow(note, run.noteId + index / 16, level));
  const inside = { ...rest, now: Math.max(now, run.readAt), level };
  return [...childRows(run.steps, inside), ...notes, ...childRows(run.later, inside)];
}

const stepsOf = (run: OpenedRun | undefined): readonly Group[] => (run === undefined ? [] : [...run.steps, ...run.later]);

/** The stretches in which an opened child works: what is shown of it is not cut out either. */
export const openedStretches = (opened: OpenedRuns | undefined, now: number): Busy[] =>
  [...(opened?.values() ?? [])].flatMap(({ steps }) => busyStretches({ groups: steps, tasks: [] }, now).filter(({ from }) => from < now));

/** No step of its own: it is neither chosen nor counted. */
class NoteRow implements TimelineRow {
  readonly group: Group;
  readonly note: RowNote;
  readonly level: number;
  readonly members: readonly Group[] = [];
  readonly segments: readonly Segment[] = [];
  readonly first = undefined;
  readonly isMember = false;
  readonly isExpandable = false;
  readonly isExpanded = false;
  readonly endMark = undefined;

  constructor(note: RowNote, id: number, level: number) {
    this.note = note;
    this.level = level;
    this.group = { ...BLANK_GROUP, id, eventIds: [] };
  }

  get key(): string {
    return `n${this.group.id}`;
  }

  get sentence(): string {
    return this.note.text;
  }

  looksLike(other: TimelineRow): boolean {
    return other.key === this.key && other.level === this.level && other.note?.kind === this.note.kind && other.sentence === this.sentence;
  }
}
