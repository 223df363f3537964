/** Rows of the timeline and the pieces of their bars. Pure: moments in, moments out; the scale comes later. */
import { formatDuration } from '../lib/duration.ts';
import { firstLine } from '../lib/text.ts';
import { attemptSegments } from './attempt-segments.ts';
import type { AttemptIndex } from './attempts.ts';
import { NO_ATTEMPTS } from './attempts.ts';
import type { Group, RunGroups } from './event-groups.ts';
import type { Busy } from './time-scale.ts';
import type { Tone } from './status.ts';
import { kindName } from './kind.ts';
import type { RowNote } from './opened-run.ts';
import { middle } from './spread.ts';
import { groupLook } from './status.ts';

export type SegmentKind = 'queue' | 'run' | 'backoff' | 'timer' | 'point' | 'next';
/** How a run ends to the eye, so that shape tells states apart without colour. */
export type SegmentEnd = 'plain' | 'open' | 'hatch' | 'notch' | 'cancel';

export interface Segment {
  readonly kind: SegmentKind;
  /** Milliseconds since the epoch; equal for points. */
  readonly from: number;
  readonly to: number;
  readonly tone: Tone;
  readonly end: SegmentEnd;
  /** Nothing stands before it, so its left corners are round too. */
  readonly isFirst: boolean;
}

export interface TimelineRow {
  readonly key: string;
  readonly group: Group;
  /** More than one when rows of one name are woven together. */
  readonly members: readonly Group[];
  /** From 1; one more for each row that it was opened out of. */
  readonly level: number;
  /** Of a woven row that is open. */
  readonly isMember: boolean;
  /** What is said in the place of a step, which has no members. */
  readonly note?: RowNote;
  readonly segments: readonly Segment[];
  /** The first of them, which costs no more for a row of thousands. */
  readonly first: Segment | undefined;
  readonly isExpandable: boolean;
  readonly isExpanded: boolean;
  readonly endMark: { readonly at: number; readonly tone: Tone; readonly text: string; readonly hasGlyph: boolean } | undefined;
  /** The row as a sentence, for those who do not see bars. */
  readonly sentence: string;
  /** Whether the other shows nothing else, whatever the time is now. */
  readonly looksLike: (other: TimelineRow) => boolean;
}

/** So many of one name in a row become one woven row. */
const WEAVE_MIN = 5;

export interface LayoutOptions {
  readonly now: number;
  readonly expanded?: ReadonlySet<string>;
  readonly accepts?: (group: Group) => boolean;
  /** Attempts that are drawn inside the bars. */
  readonly attempts?: AttemptIndex;
  /** Of the rows that are not in others. */
  readonly level?: number;
  /** Ids of children that are opened; without it none can be. */
  readonly opened?: { readonly has: (id: number) => boolean; readonly size: number } | undefined;
}

export function layoutRows(
  groups: readonly Group[],
  { now, expanded = new Set(), accepts = () => true, attempts = NO_ATTEMPTS, level = 1, opened }: LayoutOptions,
): TimelineRow[] {
  const options = { now, attempts, opened };
  const shown = groups.filter(accepts);
  const rows: TimelineRow[] = [];
  for (let from = 0, to = 0; from < shown.length; from = to) {
    to = endOfName(shown, from);
    if (to - from < WEAVE_MIN) {
      for (const group of shown.slice(from, to)) rows.push(new SingleRow(group, { level, isMember: false }, options));
      continue;
    }
    const members = shown.slice(from, to);
    // A child that is opened stands in its own row.
    const holdsOpened = opened !== undefined && opened.size > 0 && members.some(({ id }) => opened.has(id));
    const isExpanded = holdsOpened || expanded.has(`w${shown[from]?.id}`);
    rows.push(new WovenRow(members, isExpanded, { now, level }));
    if (isExpanded) for (const group of members) rows.push(new SingleRow(group, { level: level + 1, isMember: true }, options));
  }
  return rows;
}

type Drawn = Required<Pick<LayoutOptions, 'now' | 'attempts'>> & Pick<LayoutOptions, 'opened'>;
type Place = Pick<TimelineRow, 'level' | 'isMember'>;

/** Where the row of neighbours of one kind and name ends. */
function endOfName(groups: readonly Group[], from: number): number {
  const first = groups[from];
  let to = from + 1;
  while (to < groups.length && groups[to]?.kind === first?.kind && groups[to]?.name === first?.name) to++;
  return to;
}

/** Of thousands of rows a few are looked at, so each works out what it shows when it is. */
class SingleRow implements TimelineRow {
  readonly group: Group;
  readonly level: number;
  readonly isMember: boolean;
  readonly isExpanded: boolean;
  readonly #drawn: Drawn;
  #members: readonly Group[] | undefined;
  #segments: readonly Segment[] | undefined;

  constructor(group: Group, { level, isMember }: Place, drawn: Drawn) {
    this.group = group;
    this.level = level;
    this.isMember = isMember;
    this.isExpanded = drawn.opened?.has(group.id) ?? false;
    this.#drawn = drawn;
  }

  get key(): string {
    return `g${this.group.id}`;
  }

  get members(): readonly Group[] {
    return (this.#members ??= [this.group]);
  }

  get segments(): readonly Segment[] {
    return (this.#segments ??= this.#pieces());
  }

  get first(): Segment | undefined {
    return this.segments[0];
  }

  get isExpandable(): boolean {
    return this.#drawn.opened !== undefined && this.group.kind === 'child' && Boolean(this.group.runId);
  }

  get endMark(): TimelineRow['endMark'] {
    return endMarkOf(this.group, this.segments);
  }

  get sentence(): string {
    return sentenceOf(this.group, this.#drawn.now);
  }

  looksLike(other: TimelineRow): boolean {
    if (!(other instanceof SingleRow) || other.group !== this.group || other.level !== this.level) return false;
    if (other.isExpanded !== this.isExpanded || other.isMember !== this.isMember) return false;
    const isOver = this.group.endedAt !== undefined || this.group.status === 'received';
    return isOver && other.#drawn.attempts === this.#drawn.attempts;
  }

  #pieces(): readonly Segment[] {
    const { now, attempts } = this.#drawn;
    const tried = this.group.kind === 'activity' ? attempts.ofActivity(this.group.id) : undefined;
    return tried === undefined ? segmentsOf(this.group, now) : attemptSegments(this.group, tried, now);
  }
}

class WovenRow implements TimelineRow {
  readonly group: Group;
  readonly members: readonly Group[];
  readonly isExpanded: boolean;
  readonly level: number;
  readonly isMember = false;
  readonly #now: number;
  #segments: readonly Segment[] | undefined;
  #endMark: TimelineRow['endMark'];

  /** Of at least one. */
  constructor(members: readonly Group[], isExpanded: boolean, { now, level }: { readonly now: number; readonly level: number }) {
    this.group = members[0] as Group;
    this.members = members;
    this.isExpanded = isExpanded;
    this.level = level;
    this.#now = now;
  }

  get key(): string {
    return `w${this.group.id}`;
  }

  get isExpandable(): boolean {
    return true;
  }

  get segments(): readonly Segment[] {
    return (this.#segments ??= this.members.flatMap((one) => segmentsOf(one, this.#now)));
  }

  get first(): Segment | undefined {
    return segmentsOf(this.group, this.#now)[0];
  }

  get endMark(): TimelineRow['endMark'] {
    return (this.#endMark ??= wovenMark(this.members, this.#now));
  }

  looksLike(other: TimelineRow): boolean {
    return other === this;
  }

  get sentence(): string {
    return `${this.group.name}, ${this.members.length} times, ${this.endMark?.text ?? ''}`;
  }
}

function wovenMark(members: readonly Group[], now: number): NonNullable<TimelineRow['endMark']> {
  let failed = 0;
  let open = 0;
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  const runs: number[] = [];
  for (const one of members) {
    if (one.status === 'failed' || one.status === 'timedout') failed += 1;
    from = Math.min(from, one.openedAt);
    to = Math.max(to, one.status === 'received' ? one.openedAt : (one.endedAt ?? now));
    if (one.status === 'received') continue;
    if (one.endedAt === undefined) open += 1;
    else runs.push(one.endedAt - (one.startedAt ?? one.openedAt));
  }
  const typical = middle(runs);
  const text = [
    open > 0 ? `${members.length - open} of ${members.length}` : `${members.length} in ${formatDuration(to - from)}`,
    // What was only received took no time.
    ...(typical === undefined ? [] : [`p50 ${formatDuration(typical)}`]),
    ...(failed > 0 ? [`${failed} failed`] : []),
  ].join(', ');
  return { at: to, tone: failed > 0 ? 'failed' : open > 0 ? 'running' : 'completed', text, hasGlyph: open === 0 };
}

const ENDS: Readonly<Partial<Record<Group['status'], SegmentEnd>>> = {
  failed: 'hatch',
  timedout: 'notch',
  canceled: 'cancel',
  terminated: 'cancel',
};

type Piece = (kind: SegmentKind, span: readonly [from: number, to: number], more?: Partial<Segment>) => Segment;

/** The pieces of one bar, in time order and without overlap. */
export function segmentsOf(group: Group, now: number): Segment[] {
  const tone = groupLook(group.status).tone;
  const piece: Piece = (kind, [from, to], more = {}) => ({
    kind,
    from,
    to: Math.max(from, to),
    tone,
    end: 'plain',
    isFirst: false,
    ...more,
  });
  if (group.status === 'received') return [piece('point', [group.openedAt, group.openedAt])];
  if (group.kind === 'timer') return [piece('timer', [group.openedAt, group.endedAt ?? group.dueAt ?? now], { tone: 'wait' })];
  if (group.kind === 'update')
    return [piece('point', [group.openedAt, group.openedAt]), ...(group.endedAt ? [piece('run', [group.openedAt, group.endedAt])] : [])];
  if (group.pending !== undefined) return pendingSegments(group, now, piece);
  const end = group.endedAt ?? now;
  const started = group.startedAt;
  if (started === undefined) {
    if (group.endedAt === undefined) return [piece('queue', [group.openedAt, end], { tone: 'wait', isFirst: true })];
    return [piece('run', [group.openedAt, end], { end: ENDS[group.status] ?? 'plain', isFirst: true })];
  }
  // Earlier attempts leave no events: the time before the last one was spent on tries and back-off.
  const before =
    group.attempt > 1
      ? piece('backoff', [group.openedAt, started], { tone: 'retrying', isFirst: true })
      : piece('queue', [group.openedAt, started], { tone: 'wait', isFirst: true });
  return [before, piece('run', [started, end], { end: group.endedAt === undefined ? 'open' : (ENDS[group.status] ?? 'plain') })];
}

function pendingSegments(group: Group, now: number, piece: Piece): Segment[] {
  const pending = group.pending;
  const started = pending?.startedAt ?? undefined;
  if (pending === undefined || started === undefined) {
    // A server may forget when the last attempt began; that there were attempts it still says.
    const tried = (pending?.attempt ?? 1) > 1;
    const until = pending?.nextAt ?? now;
    if (!tried) return [piece('queue', [group.openedAt, now], { tone: 'wait', isFirst: true })];
    return [
      piece('backoff', [group.openedAt, Math.max(until, now)], { isFirst: true }),
      ...(until > now ? [piece('next', [until, until])] : []),
    ];
  }
  const isRunning = pending.state === 'Started' || pending.state === 'CancelRequested';
  const wasRetried = pending.attempt > (isRunning ? 1 : 2);
  const before = wasRetried
    ? piece('backoff', [group.openedAt, started], { isFirst: true })
    : piece('queue', [group.openedAt, started], { tone: 'wait', isFirst: true });
  if (isRunning) return [before, piece('run', [started, now], { end: 'open' })];
  const ended = pending.lastEndedAt ?? started;
  const next = pending.nextAt ?? now;
  return [before, piece('run', [started, ended], { end: 'hatch' }), piece('backoff', [ended, next]), piece('next', [next, next])];
}

function endMarkOf(group: Group, segments: readonly Segment[]): TimelineRow['endMark'] {
  const look = groupLook(group.status);
  const last = segments[segments.length - 1];
  if (last === undefined) return undefined;
  if (group.status === 'received') return { at: group.openedAt, tone: 'wait', text: firstLine(group.input ?? '', 60), hasGlyph: false };
  if (group.endedAt === undefined) {
    if (group.kind === 'timer') return undefined;
    return group.pending && group.status === 'retrying'
      ? { at: last.to, tone: look.tone, text: `attempt ${group.attempt}`, hasGlyph: false }
      : undefined;
  }
  return { at: group.endedAt, tone: look.tone, text: endText(group), hasGlyph: true };
}

function endText(group: Group): string {
  if (group.status === 'unread') return 'its end is not read yet';
  if (group.status === 'abandoned')
    return group.dueAt === undefined ? 'left open' : `left open, ${formatDuration(group.dueAt - (group.endedAt ?? 0))} to go`;
  const ran = formatDuration((group.endedAt ?? 0) - (group.startedAt ?? group.openedAt));
  if (group.kind === 'timer' && group.status === 'canceled' && group.dueAt !== undefined)
    return `canceled, ${formatDuration(group.dueAt - (group.endedAt ?? 0))} left`;
  if (group.status === 'failed') return `${group.failure?.cause?.type ?? group.failure?.type ?? 'failed'}, ${ran}`;
  if (group.status === 'timedout') return `${spaced(group.timeoutType ?? 'timed out')}, ${ran}`;
  return group.attempt > 1 ? `${ran}, attempt ${group.attempt}` : ran;
}

const spaced = (name: string): string =>
  name.replace(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a}-${b.toLowerCase()}`).toLowerCase();

function sentenceOf(group: Group, now: number): string {
  const look = groupLook(group.status);
  const isRecord = group.status === 'received' && (group.kind === 'marker' || group.kind === 'attr');
  const parts = [
    group.label && group.kind !== 'timer' ? `${group.name} (${group.label})` : group.name,
    kindName(group.kind),
    isRecord ? 'recorded' : look.word.toLowerCase(),
  ];
  if (group.startedAt !== undefined && group.attempt === 1) parts.push(`waited ${formatDuration(group.startedAt - group.openedAt)}`);
  if (group.status !== 'received')
    parts.push(
      `${group.endedAt === undefined ? 'for' : 'took'} ${formatDuration((group.endedAt ?? now) - (group.startedAt ?? group.openedAt))}`,
    );
  if (group.attempt > 1) parts.push(`attempt ${group.attempt}`);
  if (group.failure) parts.push(firstLine(group.failure.message, 80));
  return parts.join(', ');
}

/** The stretches in which somebody works or tries: folds never cut these. */
export function busyStretches({ groups, tasks }: Pick<RunGroups, 'groups' | 'tasks'>, now: number): Busy[] {
  const busy: Busy[] = tasks.map((task) => ({ from: task.scheduledAt, to: task.endedAt ?? now }));
  for (const { kind, openedAt, endedAt } of groups) {
    if (kind === 'activity' || kind === 'nexus') {
      busy.push({ from: openedAt, to: endedAt ?? now });
      continue;
    }
    busy.push({ from: openedAt, to: openedAt });
    if (endedAt !== undefined) busy.push({ from: endedAt, to: endedAt });
  }
  return busy;
}
