'use client';
import { useQueries } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { toProblem } from '../../data/api-client.ts';
import { chain, childPage } from '../../data/relatives-queries.ts';
import type { Branch, FamilyNode } from '../../domain/family-tree.ts';
import { nodeOfRun, nodesOfChain } from '../../domain/family-tree.ts';

/** Opened by somebody: the pages of its children that were asked for, the first one's cursor being null. */
interface Opened {
  readonly node: FamilyNode;
  readonly cursors: readonly (string | null)[];
}

export interface Branches {
  readonly branches: ReadonlyMap<string, Branch>;
  readonly toggle: (node: FamilyNode) => void;
  readonly more: (node: FamilyNode) => void;
}

/** Branches that are open, read level by level and page by page. */
export function useBranches(namespace: string): Branches {
  const [opened, setOpened] = useState<ReadonlyMap<string, Opened>>(new Map());
  const pages = useMemo(() => [...opened.values()].flatMap(({ node, cursors }) => cursors.map((cursor) => ({ node, cursor }))), [opened]);
  const results = useQueries({
    queries: pages.map(({ node, cursor }) => childPage({ namespace, workflowId: node.workflowId, runId: node.runId }, cursor)),
    combine: (all) => all.map(({ data, error }) => ({ data, error })),
  });
  const chained = useMemo(() => [...opened.values()].filter(({ node }) => node.isOneOfChain), [opened]);
  const chains = useQueries({
    queries: chained.map(({ node }) => chain({ namespace, workflowId: node.workflowId, runId: node.runId })),
    combine: (all) => all.map(({ data, error }) => ({ data, error })),
  });
  const { branches, nexts } = useMemo(() => {
    const found = new Map<string, Branch>();
    const cursors = new Map<string, string>();
    const chainOf = new Map(chained.map(({ node }, index) => [node.key, chains[index]]));
    for (const [index, { node }] of pages.entries()) {
      const { data, error } = results[index] ?? { data: undefined, error: null };
      const before = found.get(node.key)?.nodes ?? [];
      const runs = chainOf.get(node.key);
      const isRead = runs === undefined || runs.data !== undefined || runs.error !== null;
      const failed = error ?? runs?.error ?? null;
      found.set(node.key, {
        chain: runs?.data === undefined ? [] : nodesOfChain(node, runs.data),
        nodes: [...before, ...(data?.rows ?? []).map((row) => nodeOfRun(row, 'below', node.key))],
        hasMore: data !== undefined && data.cursor !== null,
        isLoading: (data === undefined && error === null) || !isRead,
        problem: failed === null ? undefined : `The server does not list them: ${toProblem(failed).message}`,
      });
      if (data?.cursor) cursors.set(node.key, data.cursor);
    }
    return { branches: found, nexts: cursors };
  }, [pages, results, chained, chains]);
  const toggle = useCallback(
    (node: FamilyNode) =>
      setOpened((old) => {
        const next = new Map(old);
        if (!next.delete(node.key)) next.set(node.key, { node, cursors: [null] });
        return next;
      }),
    [],
  );
  const more = (node: FamilyNode) => {
    const cursor = nexts.get(node.key);
    if (cursor === undefined) return;
    setOpened((old) => {
      const before = old.get(node.key)?.cursors ?? [null];
      return before.includes(cursor) ? old : new Map(old).set(node.key, { node, cursors: [...before, cursor] });
    });
  };
  return { branches, toggle, more };
}
