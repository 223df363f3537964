import { describe, expect, it } from 'vitest';
import { childRows } from './child-rows.ts';
import type { Group } from './event-groups.ts';
import { groupEvents } from './event-groups.ts';
import { history, T0 } from './fixtures.ts';
import { growth, MUCH_GROWTH } from './growth.ts';
import type { OpenedRun, OpenedRuns } from './opened-run.ts';
import { NONE_OPENED } from './opened-run.ts';

const now = T0 + 60_000;
const run = { namespace: 'default', workflowId: 'w', runId: 'r' };

/** Children of these names, each with two events. */
const children = (...names: readonly string[]): Group[] =>
  groupEvents(
    history(
      ...names.flatMap((name, index) => [
        { type: 'StartChildWorkflowExecutionInitiated', name, key: `${name}-${index}` },
        { type: 'ChildWorkflowExecutionStarted', ref: index * 2 + 1, runId: `run-${index}` },
      ]),
    ),
  ).groups.slice();

const placed = (groups: readonly Group[], by: number): Group[] => groups.map((group) => ({ ...group, id: group.id + by }));
const opened = (steps: readonly Group[], more: Partial<OpenedRun> = {}): OpenedRun => ({
  steps,
  later: [],
  readAt: 0,
  notes: [],
  noteId: 0.25,
  ...more,
});

interface Asked {
  readonly opened?: OpenedRuns | undefined;
  readonly expanded?: ReadonlySet<string>;
  readonly find?: string;
  readonly hides?: Group['kind'];
}
const rowsOf = (groups: readonly Group[], { find = '', hides, ...rest }: Asked) =>
  childRows(groups, {
    now,
    opened: NONE_OPENED,
    isShown: ({ kind }) => kind !== hides,
    isFound: ({ name }) => name.includes(find),
    ...rest,
  });
const drawn = (groups: readonly Group[], asked: Asked): string[] =>
  rowsOf(groups, asked).map(
    (row) => `${'-'.repeat(row.level)} ${row.note?.text ?? row.group.name}${row.members.length > 1 ? ` x${row.members.length}` : ''}`,
  );

describe('childRows', () => {
  const parent = children('Branch', 'Leaf');
  const inner = placed(children('Twig', 'Bud'), 1000);
  const deepest = placed(children('Cell'), 2000);
  const deep: OpenedRuns = new Map([
    [1, opened(inner)],
    [1001, opened(deepest, { notes: [{ kind: 'more', text: '7 more events', run }] })],
  ]);

  it('puts the steps of opened children beneath their rows, to any depth, with what is said of them', () => {
    expect(drawn(parent, { opened: deep })).toEqual(['- Branch', '-- Twig', '--- Cell', '--- 7 more events', '-- Bud', '- Leaf']);
    expect(rowsOf(parent, { opened: deep }).map((row) => row.isExpanded)).toEqual([true, true, false, false, false, false]);
  });

  it('puts later runs of a child behind what is said of its first one', () => {
    const more = opened(inner, { later: placed(children('Run'), 3000), notes: [{ kind: 'more', text: '7 more events', run }] });
    const runs: OpenedRuns = new Map([
      [1, more],
      [3001, opened(deepest)],
    ]);
    expect(drawn(parent, { opened: runs })).toEqual(['- Branch', '-- Twig', '-- Bud', '-- 7 more events', '-- Run', '--- Cell', '- Leaf']);
    expect(drawn(parent, { opened: runs, find: 'Cell' })).toEqual(['- Branch', '-- 7 more events', '-- Run', '--- Cell']);
  });

  it('keeps a child above what is found in it, and hides kinds everywhere', () => {
    expect(drawn(parent, { opened: deep, find: 'Cell' })).toEqual(['- Branch', '-- Twig', '--- Cell', '--- 7 more events']);
    expect(drawn(parent, { opened: deep, find: 'Leaf' })).toEqual(['- Leaf']);
    expect(drawn(parent, { opened: deep, hides: 'child' })).toEqual([]);
  });

  it('weaves five of a name in a child too, and opens a woven row for a child that is opened in it', () => {
    const many = children('Same', 'Same', 'Same', 'Same', 'Same');
    expect(drawn(parent, { opened: new Map([[1, opened(placed(many, 1000))]]) })).toEqual(['- Branch', '-- Same x5', '- Leaf']);
    expect(drawn(many, { opened: new Map([[3, opened(inner)]]) })).toEqual([
      '- Same x5',
      '-- Same',
      '-- Same',
      '--- Twig',
      '--- Bud',
      '-- Same',
      '-- Same',
      '-- Same',
    ]);
  });

  it('opens only what was started, and nothing where no child can be', () => {
    const wanted = groupEvents(history({ type: 'StartChildWorkflowExecutionInitiated', name: 'Branch', key: 'b' })).groups;
    expect(rowsOf(wanted, {}).map((row) => row.isExpandable)).toEqual([false]);
    expect(rowsOf(parent, {}).map((row) => row.isExpandable)).toEqual([true, true]);
    expect(rowsOf(parent, { opened: undefined }).map((row) => row.isExpandable)).toEqual([false, false]);
  });

  it('keeps rows of one id each, and lets those that show the same look the same', () => {
    const [one, other] = [rowsOf(parent, { opened: deep }), rowsOf(parent, { opened: deep })];
    expect(new Set(one.map((row) => row.group.id)).size).toBe(one.length);
    expect(one[3]?.looksLike(other[3] ?? (one[0] as (typeof one)[number]))).toBe(true);
    expect(one[3]?.members).toEqual([]);
  });

  it('costs five thousand closed children no more than their rows', () => {
    const groups = children(...Array.from({ length: 5000 }, (_, index) => `Child${index % 7}`));
    expect(rowsOf(groups, {})).toHaveLength(5000);
    const grown = growth(500, (count) => {
      const some = groups.slice(0, count);
      return () => rowsOf(some, {});
    });
    expect(grown).toBeLessThan(MUCH_GROWTH);
  });
});
