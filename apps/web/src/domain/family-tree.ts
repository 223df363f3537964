/** The family of a run as rows: who started it, itself, and what it started, as far as branches are open. */
import type { Group } from './event-groups.ts';
import type { StatusLook } from './status.ts';
import { groupLook, runLook } from './status.ts';

export interface FamilyNode {
  /** Of no other row. */
  readonly key: string;
  readonly place: 'above' | 'self' | 'below';
  readonly workflowId: string;
  /** Empty while a child has not begun, and where the server no longer keeps the run. */
  readonly runId: string;
  readonly type: string;
  readonly look: StatusLook;
  /** Milliseconds since the epoch. */
  readonly startedAt: number | undefined;
  readonly closedAt: number | undefined;
  /** The run of a child that its parent's history names, the first or the last: the others of its chain are found when it is opened. */
  readonly isOneOfChain?: boolean;
  /** Of another run of a child: from 1, its turn in the chain; `unknown` where those before it were not read. */
  readonly turn?: number | 'unknown';
}

/** The runs that one run started, as far as they were read. */
export interface Branch {
  /** The other runs of its chain, the oldest first. */
  readonly chain: readonly FamilyNode[];
  readonly nodes: readonly FamilyNode[];
  readonly hasMore: boolean;
  readonly isLoading: boolean;
  readonly problem: string | undefined;
}

export type FamilyRow =
  | {
      readonly kind: 'run';
      readonly key: string;
      /** From 1. */
      readonly level: number;
      readonly node: FamilyNode;
      readonly position: number;
      /** −1 while more are to be read. */
      readonly size: number;
      /** Undefined for what cannot be opened. */
      readonly isOpen: boolean | undefined;
    }
  | { readonly kind: 'more'; readonly key: string; readonly level: number; readonly of: FamilyNode; readonly shown: number }
  | { readonly kind: 'note'; readonly key: string; readonly level: number; readonly text: string };

interface RunFacts {
  readonly workflowId: string;
  readonly runId: string;
  readonly type: string;
  readonly status: string;
  readonly startedAt: number;
  readonly closedAt: number | null;
}

export const nodeOfRun = (run: RunFacts, place: FamilyNode['place'], under = ''): FamilyNode => ({
  key: `${under}/${run.runId}`,
  place,
  workflowId: run.workflowId,
  runId: run.runId,
  type: run.type,
  look: runLook(run.status),
  startedAt: run.startedAt,
  closedAt: run.closedAt ?? undefined,
});

/** What the history of the run itself says of a child, which is all that is needed of it. */
export const nodeOfChild = (group: Group): FamilyNode => ({
  key: `c${group.id}`,
  place: 'below',
  workflowId: group.key ?? '',
  runId: group.runId ?? '',
  type: group.name,
  look: groupLook(group.status),
  startedAt: group.startedAt ?? group.openedAt,
  closedAt: group.endedAt,
  isOneOfChain: true,
});

/** The other runs of a child, beneath it. */
export const nodesOfChain = (
  of: FamilyNode,
  { rows, isCut }: { readonly rows: readonly RunFacts[]; readonly isCut: boolean },
): FamilyNode[] =>
  rows.flatMap((row, index) =>
    row.runId === of.runId ? [] : [{ ...nodeOfRun(row, 'below', `${of.key} chain`), turn: isCut ? ('unknown' as const) : index + 1 }],
  );

interface Family {
  readonly above: readonly FamilyNode[];
  readonly self: FamilyNode;
  readonly children: readonly FamilyNode[];
  /** By the key of the node that was opened; the run itself is open unless `isSelfClosed`. */
  readonly branches: ReadonlyMap<string, Branch>;
  readonly isSelfClosed: boolean;
}

export function familyRows({ above, self, children, branches, isSelfClosed }: Family): FamilyRow[] {
  const rows: FamilyRow[] = [];
  for (const [index, node] of above.entries())
    rows.push({ kind: 'run', key: node.key, level: index + 1, node, position: 1, size: 1, isOpen: undefined });
  const level = above.length + 1;
  const isOpen = children.length === 0 ? undefined : !isSelfClosed;
  rows.push({ kind: 'run', key: self.key, level, node: self, position: 1, size: 1, isOpen });
  if (isOpen === true) addAll(rows, { nodes: children, level: level + 1, size: children.length, branches });
  return rows;
}

interface Level {
  readonly nodes: readonly FamilyNode[];
  readonly level: number;
  readonly size: number;
  readonly branches: ReadonlyMap<string, Branch>;
}

function addAll(rows: FamilyRow[], { nodes, level, size, branches }: Level): void {
  for (const [index, node] of nodes.entries()) {
    const branch = branches.get(node.key);
    const isOpen = node.runId === '' ? undefined : branch !== undefined;
    rows.push({ kind: 'run', key: node.key, level, node, position: index + 1, size, isOpen });
    if (branch === undefined) continue;
    const all = [...branch.chain, ...branch.nodes];
    addAll(rows, { nodes: all, level: level + 1, size: branch.hasMore ? -1 : all.length, branches });
    const text = noteOf(branch);
    if (text !== undefined) rows.push({ kind: 'note', key: `${node.key} note`, level: level + 1, text });
    else if (branch.hasMore) rows.push({ kind: 'more', key: `${node.key} more`, level: level + 1, of: node, shown: branch.nodes.length });
  }
}

function noteOf({ chain, nodes, isLoading, problem }: Branch): string | undefined {
  if (problem !== undefined) return problem;
  if (isLoading) return 'reading…';
  if (nodes.length > 0) return undefined;
  return chain.length === 0 ? 'It started no other workflow.' : 'This run of it started no other workflow.';
}
