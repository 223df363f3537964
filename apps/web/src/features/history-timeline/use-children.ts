'use client';
import { useQueryStates } from 'nuqs';
import { useCallback, useMemo, useState } from 'react';
import type { ChildRun } from '../../data/child-reader.ts';
import { useChildRuns } from '../../data/child-runs.ts';
import { fileOf } from '../../data/paths.ts';
import { timelineParsers } from '../../data/run-tab-state.ts';
import type { RunView } from '../../data/run-view.ts';
import type { OpenedRun, OpenedRuns } from '../../domain/opened-run.ts';
import { NONE_OPENED } from '../../domain/opened-run.ts';
import { isWithin, openedPaths, Places, withClosed, withOpened } from '../../domain/places.ts';

export interface Children {
  /** By the ids of their rows; undefined where no child can be opened, for a file has no others. */
  readonly opened: OpenedRuns | undefined;
  /** The selected row, and the other end of several that are chosen together. */
  readonly sel: number | null;
  readonly to: number | null;
  readonly onSelect: (id: number) => void;
  readonly onExtend: (id: number) => void;
  readonly onClear: () => void;
  readonly onToggle: (id: number, isOpen: boolean) => void;
  readonly eventOf: (id: number) => number;
  /** The child's run that a row stands in; undefined for the page's own run. */
  readonly runOf: (id: number) => ChildRun | undefined;
}

/** Which children are opened in the timeline and which row is selected, as the address has it. */
export function useChildren(view: RunView): Children {
  const [state, setState] = useQueryStates(timelineParsers, { history: 'replace', scroll: false });
  const [places] = useState(() => new Places());
  const isFile = fileOf(view.run.namespace) !== undefined;
  const open = isFile ? '' : state.in;
  const paths = useMemo(() => openedPaths(open), [open]);
  const runs = useChildRuns(view, paths, places);
  const opened = useMemo(() => {
    const byRow = new Map<number, OpenedRun>();
    for (const [path, run] of runs) if (run.opened !== undefined) byRow.set(places.rowOf(path), run.opened);
    return byRow.size === 0 ? NONE_OPENED : byRow;
  }, [runs, places]);
  // The same functions from one drawing to the next, or every row is drawn with each.
  const onSelect = useCallback(
    (id: number) => void setState({ sel: places.eventOf(id), of: places.pathOf(id) || null, to: null, toOf: null }),
    [setState, places],
  );
  const onExtend = useCallback(
    (id: number) => {
      const [event, path] = [places.eventOf(id), places.pathOf(id) || null];
      void setState((old) => (old.sel === null ? { sel: event, of: path } : { to: event, toOf: path }));
    },
    [setState, places],
  );
  const onClear = useCallback(() => void setState({ sel: null, of: null, to: null, toOf: null }), [setState]);
  const onToggle = useCallback(
    (id: number, isOpen: boolean) => {
      const path = places.opens(id);
      void setState((old) => {
        if (isOpen) return { in: withOpened(old.in, path) };
        const isLost = old.sel !== null && isWithin(old.of ?? '', path) && places.idOf(old.of ?? '', old.sel) !== id;
        // The row that was selected in it goes with it.
        return {
          in: withClosed(old.in, path),
          ...(isLost ? { sel: places.eventOf(id), of: places.pathOf(id) || null, to: null, toOf: null } : {}),
        };
      });
    },
    [setState, places],
  );
  return {
    opened: isFile ? undefined : opened,
    sel: state.sel === null ? null : places.idOf(state.of ?? '', state.sel),
    to: state.to === null ? null : places.idOf(state.toOf ?? '', state.to),
    onSelect,
    onExtend,
    onClear,
    onToggle,
    eventOf: (id) => places.eventOf(id),
    runOf: (id) => runs.get(places.pathOf(id)),
  };
}
