/** The two sides of a task, row by row. */
import { fromWireDuration } from '../common/wire-duration.ts';
import type { Command } from '../workflow/commands.ts';
import type { HistoryEvent } from './events.ts';
import { commandKindOf, eventId, eventName } from './events.ts';
import type { Identity, SequenceOf } from './identity.ts';
import { commandIdentity, commandPhrase, eventIdentity, eventPhrase } from './identity.ts';
import type { CommandSide, EventSide, FieldDiff, Json, LaneRow, SourceFrame } from './report-types.ts';
import type { TaskRecord } from './run-replay.ts';

export interface RowContext {
  readonly sequenceOf: SequenceOf;
  readonly frames: (stack: string | undefined) => readonly SourceFrame[];
}

export function eventSide(event: HistoryEvent, sequenceOf: SequenceOf): EventSide {
  return {
    eventId: eventId(event),
    type: eventName(event),
    label: eventPhrase(event, sequenceOf),
    attributes: eventFields(event, sequenceOf),
    wouldBe: commandKindOf(event) ?? 'unknown',
  };
}

export function commandSide(
  command: Command,
  { index, frames }: { readonly index: number; readonly frames: RowContext['frames'] },
): CommandSide {
  return {
    index,
    kind: command.kind,
    label: commandPhrase(command),
    attributes: commandFields(command),
    stack: frames(command.trace.stack),
    ...(command.summary === undefined ? {} : { summary: command.summary }),
  };
}

/** What both sides can be compared by: identity, and options that do not decide about matching. */
function commandFields(command: Command): Readonly<Record<string, Json>> {
  const identity: Identity = commandIdentity(command);
  if (command.kind === 'startTimer') return { ...identity, ms: command.ms };
  if (command.kind === 'scheduleActivity')
    return { ...identity, taskQueue: command.taskQueue, startToCloseMs: command.startToCloseMs ?? null };
  return identity;
}

function eventFields(event: HistoryEvent, sequenceOf: SequenceOf): Readonly<Record<string, Json>> {
  const identity: Identity = eventIdentity(event, sequenceOf);
  const timer = event.timerStartedEventAttributes;
  if (timer) return { ...identity, ms: fromWireDuration(timer.startToFireTimeout) ?? null };
  const activity = event.activityTaskScheduledEventAttributes;
  // The server fills in a timeout that was not given, so only one the code sets can be compared.
  if (activity)
    return {
      ...identity,
      taskQueue: activity.taskQueue?.name ?? '',
      startToCloseMs: fromWireDuration(activity.startToCloseTimeout) ?? null,
    };
  return identity;
}

export function diffFields(event: HistoryEvent, command: Command, sequenceOf: SequenceOf): FieldDiff[] {
  const expected = eventFields(event, sequenceOf);
  const actual = commandFields(command);
  const identity = new Set(Object.keys(commandIdentity(command)));
  if (commandKindOf(event) !== command.kind)
    return [{ path: 'kind', expected: commandKindOf(event) ?? 'unknown', actual: command.kind, matters: true }];
  return Object.keys(actual)
    .filter((path) => actual[path] !== null && expected[path] !== actual[path])
    .map((path) => ({ path, expected: expected[path] ?? null, actual: actual[path] ?? null, matters: identity.has(path) }));
}

type Entry =
  | { readonly key: string; readonly event: HistoryEvent }
  | { readonly key: string; readonly command: Command; readonly index: number };

const keyOf = (kind: string, identity: Identity): string => `${kind} ${JSON.stringify(identity)}`;

/** Aligns events and commands on what they are; what stands elsewhere in the same task is `moved`. */
export function alignRows(record: TaskRecord, context: RowContext): LaneRow[] {
  const commands = record.commands.map((command, index) => ({ key: keyOf(command.kind, commandIdentity(command)), command, index }));
  const side = (entry: { command: Command; index: number }) => commandSide(entry.command, { index: entry.index, frames: context.frames });
  if (record.events === undefined) return commands.map((entry) => ({ status: 'skipped', command: side(entry) }));
  const events = record.events
    .filter((event) => commandKindOf(event) !== 'unknown')
    .map((event) => ({ key: keyOf(commandKindOf(event) ?? 'unknown', eventIdentity(event, context.sequenceOf)), event }));
  const rows = longestCommon(events, commands).map(({ event, command }): LaneRow => {
    if (event !== undefined && command !== undefined) {
      const fields = diffFields(event.event, command.command, context.sequenceOf);
      const status = fields.length === 0 ? 'same' : 'changed';
      return {
        status,
        event: eventSide(event.event, context.sequenceOf),
        command: side(command),
        ...(fields.length === 0 ? {} : { fields }),
      };
    }
    if (event !== undefined) return { status: 'missing', event: eventSide(event.event, context.sequenceOf) };
    return { status: 'extra', ...(command === undefined ? {} : { command: side(command) }) };
  });
  return markMoved(
    rows,
    events.map(({ key }) => key),
    commands.map(({ key }) => key),
  );
}

interface Pair<E, C> {
  readonly event?: E;
  readonly command?: C;
}

/** Rows of the longest common subsequence; a task has few commands, so the plain quadratic table is enough. */
function longestCommon<E extends Entry, C extends Entry>(events: readonly E[], commands: readonly C[]): Pair<E, C>[] {
  const width = commands.length + 1;
  const lengths = new Uint32Array((events.length + 1) * width);
  const at = (i: number, j: number) => lengths[i * width + j] ?? 0;
  for (let i = events.length - 1; i >= 0; i -= 1) {
    for (let j = commands.length - 1; j >= 0; j -= 1) {
      lengths[i * width + j] = events[i]?.key === commands[j]?.key ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const rows: Pair<E, C>[] = [];
  for (let i = 0, j = 0; i < events.length || j < commands.length; ) {
    const event = events[i];
    const command = commands[j];
    if (event !== undefined && command !== undefined && event.key === command.key) {
      rows.push({ event, command });
      i += 1;
      j += 1;
    } else if (event !== undefined && (command === undefined || at(i + 1, j) >= at(i, j + 1))) {
      rows.push({ event });
      i += 1;
    } else {
      if (command !== undefined) rows.push({ command });
      j += 1;
    }
  }
  return rows;
}

function markMoved(rows: readonly LaneRow[], eventKeys: readonly string[], commandKeys: readonly string[]): LaneRow[] {
  let [nextEvent, nextCommand] = [0, 0];
  const keyed = rows.map((row) => ({
    row,
    event: row.event === undefined ? undefined : eventKeys[nextEvent++],
    command: row.command === undefined ? undefined : commandKeys[nextCommand++],
  }));
  return keyed.map(({ row, command }) => {
    if (row.status !== 'extra') return row;
    const from = keyed.findIndex((other) => other.row.status === 'missing' && other.event === command);
    return from === -1 ? row : { ...row, status: 'moved', movedFrom: from };
  });
}
