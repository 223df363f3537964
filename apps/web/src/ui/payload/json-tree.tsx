'use client';
import { useVirtualizer } from '@tanstack/react-virtual';
import type { KeyboardEvent } from 'react';
import { useId, useMemo, useRef, useState } from 'react';
import { plural } from '../../lib/number.ts';
import { isHidden, MASK, maskSecrets } from '@tidemark/engine/api/model/secrets';
import { Icon } from '../icon.tsx';
import { RevealButton } from '../reveal-button.tsx';
import { useIsKnown } from './hidden.tsx';
import type { TreeRow } from './tree-rows.ts';
import { leafText, openAtFirst, treeRows } from './tree-rows.ts';

const ROW_PX = 20;
const ROWS_AT_FIRST = 60;

/**
 * A value as a tree that is opened part by part. One tab stop; arrows walk and open. Rows off the screen are not drawn, and what keys call
 * a secret is hidden row by row: a long value is not looked through before its first screen.
 */
export function JsonTree({ value, label, onReveal }: { value: unknown; label: string; onReveal?: (() => void) | undefined }) {
  const id = useId();
  const host = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState<ReadonlySet<string>>(() => openAtFirst(value, ROWS_AT_FIRST));
  const [at, setAt] = useState(0);
  const isKnown = useIsKnown();
  const rows = useMemo(
    () =>
      treeRows(
        value,
        (path) => open.has(path),
        (key, part) => isHidden(key, part, isKnown),
      ),
    [value, open, isKnown],
  );
  const leafOf = (row: TreeRow): unknown => (typeof row.value === 'string' ? maskSecrets(row.value, isKnown).value : row.value);
  const here = Math.min(at, rows.length - 1);
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => host.current, estimateSize: () => ROW_PX, overscan: 8 });
  const toggle = (row: TreeRow, isOpen = !open.has(row.path)) => {
    const next = new Set(open);
    if (isOpen) next.add(row.path);
    else next.delete(row.path);
    setOpen(next);
  };
  const go = (index: number) => {
    const next = Math.max(0, Math.min(rows.length - 1, index));
    setAt(next);
    virtual.scrollToIndex(next);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const row = rows[here];
    if (row === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const isOpen = open.has(row.path);
    const moves: Readonly<Record<string, () => void>> = {
      ArrowDown: () => go(here + 1),
      ArrowUp: () => go(here - 1),
      Home: () => go(0),
      End: () => go(rows.length - 1),
      ArrowRight: () => (row.size !== undefined && !isOpen ? toggle(row, true) : go(here + 1)),
      ArrowLeft: () => (row.size !== undefined && isOpen ? toggle(row, false) : go(parentOf(rows, here))),
      Enter: () => (row.size !== undefined ? toggle(row) : hides(leafOf(row)) ? onReveal?.() : undefined),
      ' ': () => (row.size === undefined ? undefined : toggle(row)),
    };
    const move = moves[event.key];
    if (move === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    move();
  };
  return (
    <div
      ref={host}
      className="code tree"
      role="tree"
      tabIndex={0}
      aria-label={label}
      aria-activedescendant={`${id}-${here}`}
      onKeyDown={onKeyDown}
    >
      <div className="tree-all" role="none" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          if (row === undefined) return null;
          return (
            <div
              key={row.path}
              id={`${id}-${index}`}
              role="treeitem"
              tabIndex={-1}
              aria-level={row.depth + 1}
              aria-expanded={row.size === undefined ? undefined : open.has(row.path)}
              aria-selected={index === here}
              className="tree-row"
              style={{ transform: `translateY(${start}px)`, paddingLeft: row.depth * 16 }}
              onClick={() => {
                setAt(index);
                if (row.size !== undefined) toggle(row);
              }}
            >
              <span className="tree-fold">
                {row.size === undefined ? null : <Icon name="right" small className={open.has(row.path) ? 'open' : ''} />}
              </span>
              <RowText row={row} leaf={leafOf(row)} isOpen={open.has(row.path)} />
              {hides(leafOf(row)) && onReveal !== undefined ? <RevealButton name={row.name} onReveal={onReveal} isInTree /> : null}
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** A secret, or a text with one in it. */
const hides = (leaf: unknown): boolean => typeof leaf === 'string' && leaf.includes(MASK);

function RowText({ row, leaf, isOpen }: { row: TreeRow; leaf: unknown; isOpen: boolean }) {
  const name = row.depth === 0 ? null : <span className={Number.isNaN(Number(row.name)) ? 'k' : 'p'}>{row.name}: </span>;
  if (row.size === undefined) {
    return (
      <>
        {name}
        <span className={typeof leaf === 'string' ? 's' : 'm'}>{leafText(leaf)}</span>
      </>
    );
  }
  const size = row.isArray ? plural(row.size, 'item') : plural(row.size, 'field');
  return (
    <>
      {name}
      <span className="p">
        {row.isArray ? '[ ]' : '{ }'} {isOpen && row.depth > 0 ? '' : size}
      </span>
    </>
  );
}

function parentOf(rows: readonly TreeRow[], index: number): number {
  const depth = rows[index]?.depth ?? 0;
  for (let above = index - 1; above >= 0; above--) if ((rows[above]?.depth ?? 0) < depth) return above;
  return index;
}
