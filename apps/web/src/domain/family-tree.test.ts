import { describe, expect, it } from 'vitest';
import type { Branch, FamilyNode } from './family-tree.ts';
import { familyRows, nodeOfChild, nodeOfRun, nodesOfChain } from './family-tree.ts';
import { groupEvents } from './event-groups.ts';
import { history } from './fixtures.ts';

const run = (workflowId: string, place: FamilyNode['place'] = 'below') =>
  nodeOfRun({ workflowId, runId: `${workflowId}-r`, type: 'T', status: 'Running', startedAt: 1, closedAt: null }, place);
const branch = (nodes: readonly FamilyNode[], more: Partial<Branch> = {}): Branch => ({
  chain: [],
  nodes,
  hasMore: false,
  isLoading: false,
  problem: undefined,
  ...more,
});

function lines(branches: ReadonlyMap<string, Branch>, isSelfClosed = false): string[] {
  const children = [run('a'), run('b')];
  return familyRows({
    above: [run('root', 'above'), run('parent', 'above')],
    self: run('self', 'self'),
    children,
    branches,
    isSelfClosed,
  }).map(
    (row) =>
      `${'-'.repeat(row.level)} ${row.kind === 'run' ? `${row.node.workflowId} ${row.position}/${row.size} ${String(row.isOpen)}` : row.kind === 'note' ? row.text : `more ${row.shown}`}`,
  );
}

describe('familyRows', () => {
  it('stands the parents above, the run below them, and its children below it', () => {
    expect(lines(new Map())).toEqual([
      '- root 1/1 undefined',
      '-- parent 1/1 undefined',
      '--- self 1/1 true',
      '---- a 1/2 false',
      '---- b 2/2 false',
    ]);
    expect(lines(new Map(), true)).toHaveLength(3);
  });

  it('opens branches level by level, and says what is not there', () => {
    const open = new Map([
      [run('a').key, branch([run('x')], { hasMore: true })],
      [run('x').key, branch([])],
      [run('b').key, branch([], { isLoading: true })],
    ]);
    expect(lines(open).slice(3)).toEqual([
      '---- a 1/2 true',
      '----- x 1/-1 true',
      '------ It started no other workflow.',
      '----- more 1',
      '---- b 2/2 true',
      '----- reading…',
    ]);
  });

  it('stands the other runs of a child before the children of the one that its parent names', () => {
    const facts = (runId: string) => ({ workflowId: 'a', runId, type: 'T', status: 'Running', startedAt: 1, closedAt: null });
    const rows = ['r1', run('a').runId, 'r3'].map(facts);
    const chain = nodesOfChain(run('a'), { rows, isCut: false });
    expect(chain.map(({ runId, turn }) => [runId, turn])).toEqual([
      ['r1', 1],
      ['r3', 3],
    ]);
    expect(lines(new Map([[run('a').key, branch([run('x')], { chain })]])).slice(3)).toEqual([
      '---- a 1/2 true',
      '----- a 1/3 false',
      '----- a 2/3 false',
      '----- x 3/3 false',
      '---- b 2/2 false',
    ]);
    const open = new Map([
      [run('a').key, branch([], { chain })],
      [chain[1]?.key ?? '', branch([])],
    ]);
    expect(lines(open).slice(5, 8)).toEqual([
      '----- a 2/2 true',
      '------ It started no other workflow.',
      '----- This run of it started no other workflow.',
    ]);
    expect(nodesOfChain(run('a'), { rows, isCut: true }).map(({ turn }) => turn)).toEqual(['unknown', 'unknown']);
  });

  it('knows of children what history says: one that never began has no run', () => {
    const { groups } = groupEvents(
      history(
        { type: 'WorkflowExecutionStarted' },
        { type: 'StartChildWorkflowExecutionInitiated', name: 'Notify', key: 'n' },
        { type: 'StartChildWorkflowExecutionInitiated', name: 'Ship', key: 's' },
        { type: 'ChildWorkflowExecutionStarted', ref: 2, runId: 'n-1' },
        { type: 'StartChildWorkflowExecutionFailed', ref: 3 },
      ),
    );
    expect(groups.map(nodeOfChild).map(({ workflowId, runId, look }) => [workflowId, runId, look.word])).toEqual([
      ['n', 'n-1', 'Running'],
      ['s', '', 'Failed'],
    ]);
  });
});
