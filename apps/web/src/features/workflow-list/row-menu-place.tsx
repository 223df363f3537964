'use client';
import type { RefObject } from 'react';
import { Suspense, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { ExecutionRow } from '../../data/queries.ts';
import { late } from '../../ui/late.tsx';
import { useShortcuts } from '../../ui/shortcuts.ts';
import type { RowMenuProps } from './row-menu.tsx';
import { rowAt, rowIndexOf } from './row-place.ts';

const RowMenu = late('The menu', () => import('./row-menu.tsx').then((module) => module.RowMenu));

interface RowMenuPlaceProps extends Pick<RowMenuProps, 'namespace' | 'selection' | 'open' | 'peek' | 'onAct'> {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly rows: readonly ExecutionRow[];
}

interface Place {
  readonly row: ExecutionRow;
  readonly x: number;
  readonly y: number;
}

/** From the edge of a row that was asked by key, to stand below its id. */
const INSET_PX = 40;

/** Where the menu of a row was asked for: by the right button, by a long touch, or by key at the row that stands. One for the whole table. */
export function RowMenuPlace({ namespace, scroller, rows, selection, open, peek, onAct }: RowMenuPlaceProps) {
  const [place, setPlace] = useState<Place>();
  const latest = useRef(rows);
  useLayoutEffect(() => {
    latest.current = rows;
  }, [rows]);
  useEffect(() => {
    const box = scroller.current;
    const ask = (event: MouseEvent) => {
      const element = event.target instanceof Element ? event.target.closest<HTMLElement>('tr[data-row]') : null;
      const row = latest.current[rowIndexOf(element)];
      // What was marked is there to be copied by the browser's own menu.
      if (element === null || row === undefined || window.getSelection()?.isCollapsed === false) return;
      event.preventDefault();
      element.focus({ preventScroll: true });
      setPlace({ row, x: event.clientX, y: event.clientY });
    };
    box?.addEventListener('contextmenu', ask);
    return () => box?.removeEventListener('contextmenu', ask);
  }, [scroller]);
  const askHere = () => {
    const element = document.activeElement?.closest<HTMLElement>('tr[data-row]') ?? null;
    const row = rows[rowIndexOf(element)];
    const at = element?.getBoundingClientRect();
    if (row !== undefined && at !== undefined) setPlace({ row, x: at.left + INSET_PX, y: at.bottom });
  };
  useShortcuts([
    { keys: 'Shift+F10', shown: '⇧ F10', label: 'What can be done with the row', scope: 'List', run: askHere },
    { keys: 'ContextMenu', shown: 'Menu', label: 'What can be done with the row', scope: 'List', run: askHere },
  ]);
  if (place === undefined) return null;
  const { row } = place;
  return (
    <Suspense>
      <RowMenu
        key={`${row.runId} ${place.x} ${place.y}`}
        namespace={namespace}
        row={row}
        at={place}
        selection={selection}
        open={open}
        peek={peek}
        onAct={onAct}
        onClose={() => setPlace(undefined)}
        focusAfter={() =>
          rowAt(
            scroller.current,
            rows.findIndex(({ runId }) => runId === row.runId),
          )
        }
      />
    </Suspense>
  );
}
