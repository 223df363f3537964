'use client';
import { useQueries } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { toProblem } from '../../data/api-client.ts';
import { childPage } from '../../data/relatives-queries.ts';
import type { Branch, FamilyNode } from '../../domain/family-tree.ts';
import { nodeOfRun } from '../../domain/family-tree.ts';

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
  const { branches, nexts } = useMemo(() => {
    const found = new Map<string, Branch>();
    const cursors = new Map<string, string>();
    for (const [index, { node }] of pages.entries()) {
      const { data, error } = results[index] ?? { data: undefined, error: null };
      const before = found.get(node.key)?.nodes ?? [];
      found.set(node.key, {
        nodes: [...before, ...(data?.rows ?? []).map((row) => nodeOfRun(row, 'below', node.key))],
        hasMore: data !== undefined && data.cursor !== null,
        isLoading: data === undefined && error === null,
        problem: error === null ? undefined : `The server does not list them: ${toProblem(error).message}`,
      });
      if (data?.cursor) cursors.set(node.key, data.cursor);
    }
    return { branches: found, nexts: cursors };
  }, [pages, results]);
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
