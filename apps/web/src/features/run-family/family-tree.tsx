'use client';
import { useQuery } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRouter } from 'next/navigation';
import type { KeyboardEvent } from 'react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { paths } from '../../data/paths.ts';
import { ancestors } from '../../data/relatives-queries.ts';
import type { RunDescription } from '../../data/run-source.ts';
import type { RunView } from '../../data/run-view.ts';
import type { FamilyNode, FamilyRow } from '../../domain/family-tree.ts';
import { familyRows, nodeOfRun } from '../../domain/family-tree.ts';
import { isOpen } from '../../domain/status.ts';
import { useNow } from '../../ui/use-now.ts';
import { FamilyLine } from './family-line.tsx';
import { useBranches } from './use-branches.ts';

const rowPx = () => 32;

interface TreeProps {
  readonly view: RunView;
  readonly runDescription: RunDescription;
  /** Children of the run, as history tells them. */
  readonly shown: readonly FamilyNode[];
}

/** The family as one tree. Only the rows in sight are mounted, and only what is opened is read. */
export function FamilyTree({ view: { run }, runDescription, shown }: TreeProps) {
  const router = useRouter();
  const up = useQuery(ancestors(run, runDescription.parent !== null));
  const { branches, toggle, more } = useBranches(run.namespace);
  const [isSelfClosed, setSelfClosed] = useState(false);
  const now = useNow(isOpen(runDescription.status) || branches.size > 0);
  const rows = useMemo(() => {
    const above = (up.data?.rows ?? []).map((row) => nodeOfRun(row, 'above'));
    return familyRows({ above, self: nodeOfRun({ ...runDescription, ...run }, 'self'), children: shown, branches, isSelfClosed });
  }, [up.data, runDescription, run, shown, branches, isSelfClosed]);
  const scroller = useRef<HTMLDivElement>(null);
  // A function that is new on every render would have ten thousand rows measured again with each.
  const getItemKey = useCallback((index: number) => rows[index]?.key ?? index, [rows]);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: rowPx,
    overscan: 12,
    getItemKey,
  });
  const [focused, setFocused] = useState<string>();
  const here = useMemo(() => {
    const at = rows.findIndex((row) => row.key === focused);
    return at >= 0 ? at : rows.findIndex((row) => row.kind === 'run' && row.node.place === 'self');
  }, [rows, focused]);
  const moves = useRef(false);
  useEffect(() => {
    // The focus follows the keys, never the data.
    const row = moves.current ? scroller.current?.querySelector<HTMLElement>('[data-here="true"]') : null;
    // A row far away is mounted only after it was scrolled to.
    if (!row) return;
    moves.current = false;
    row.focus({ preventScroll: true });
  });
  const go = (index: number) => {
    const row = rows[Math.min(Math.max(index, 0), rows.length - 1)];
    if (row === undefined) return;
    moves.current = true;
    setFocused(row.key);
    virtual.scrollToIndex(rows.indexOf(row), { align: 'auto' });
  };
  const change = (row: FamilyRow) => {
    if (row.kind === 'more') more(row.of);
    if (row.kind !== 'run' || row.isOpen === undefined) return;
    if (row.node.place === 'self') setSelfClosed(!isSelfClosed);
    else toggle(row.node);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const row = rows[here];
    const parentAt = rows.findLastIndex((one, index) => index < here && one.level < (row?.level ?? 1));
    const isShut = row?.kind === 'run' && row.isOpen === false;
    const keys: Readonly<Record<string, () => void>> = {
      ArrowDown: () => go(here + 1),
      ArrowUp: () => go(here - 1),
      Home: () => go(0),
      End: () => go(rows.length - 1),
      ArrowRight: () => (isShut ? change(row) : go(here + 1)),
      ArrowLeft: () => (row?.kind === 'run' && row.isOpen === true ? change(row) : go(parentAt)),
      Enter: () => {
        if (row?.kind === 'more') change(row);
        else if (row?.kind === 'run' && row.node.place !== 'self') router.push(hrefOf(run.namespace, row.node));
      },
    };
    const act = keys[event.key];
    if (act === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  return (
    <div className="scroll fam-scroll" ref={scroller}>
      {up.data?.isCut ? <p className="axis fam-note">The run at the top of this list has parents of its own.</p> : null}
      {up.data?.gone ? (
        <p className="axis fam-note">
          Started by <span className="mono">{up.data.gone.workflowId}</span>, which is past its retention.
        </p>
      ) : null}
      <div
        className="fam-tree"
        role="tree"
        tabIndex={-1}
        aria-label="Family of this run"
        style={{ height: virtual.getTotalSize() }}
        onKeyDown={onKeyDown}
      >
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index];
          return row === undefined ? null : (
            <FamilyLine
              key={item.key}
              row={row}
              top={item.start}
              now={now}
              namespace={run.namespace}
              isHere={item.index === here}
              onFocus={() => setFocused(row.key)}
              onChange={() => change(row)}
            />
          );
        })}
      </div>
    </div>
  );
}

export const hrefOf = (namespace: string, { workflowId, runId }: FamilyNode): string =>
  runId === '' ? paths.workflow(namespace, workflowId) : paths.run({ namespace, workflowId, runId }, 'family');
