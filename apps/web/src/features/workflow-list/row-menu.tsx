'use client';
import { useRouter } from 'next/navigation';
import { paths } from '../../data/paths.ts';
import type { ExecutionRow } from '../../data/queries.ts';
import { cellValue } from '../../domain/cell-value.ts';
import type { RunSelection } from '../../domain/run-selection.ts';
import { isChosen, noSelection, toggleRun } from '../../domain/run-selection.ts';
import { isOpen } from '../../domain/status.ts';
import { formatCount } from '../../lib/number.ts';
import { middleCut } from '../../lib/text.ts';
import { MenuAt, MenuGroup, MenuItem, MenuSeparator } from '../../ui/menu.tsx';
import { useRefusal } from '../../ui/rights.ts';
import { tell } from '../../ui/toasts.tsx';
import type { Bulk } from './bulk-parts.tsx';
import { BULK, BULK_KINDS } from './bulk-words.ts';
import type { OpenRow } from './use-open-row.ts';
import { useValueFilter } from './use-value-filter.ts';

export interface RowMenuProps {
  readonly namespace: string;
  readonly row: ExecutionRow;
  readonly at: { readonly x: number; readonly y: number };
  readonly selection: RunSelection;
  readonly open: OpenRow['open'];
  readonly peek: (row: ExecutionRow) => void;
  /** Begins something with those that are chosen, or with this run alone. */
  readonly onAct: (bulk: Bulk) => void;
  readonly onClose: () => void;
  readonly focusAfter: () => HTMLElement | null;
}

const FILTERS = ['type', 'queue', 'status'] as const;

const copy = (text: string, what: string) => void navigator.clipboard.writeText(text).then(() => tell(`${what} copied.`));

/** What can be done with a row, where the pointer or the focus is. On a row that is chosen it acts on all that are chosen. */
export function RowMenu({ namespace, row, at, selection, open, peek, onAct, onClose, focusAfter }: RowMenuProps) {
  const router = useRouter();
  const filterBy = useValueFilter();
  const refusal = useRefusal('write');
  const run = { namespace, workflowId: row.workflowId, runId: row.runId };
  const chosen = isChosen(selection, row.runId) ? selection : toggleRun(noSelection, [row], row);
  const isMany = chosen.isEverything || chosen.runs.size > 1;
  const [other, ...others] = [...selection.runs.values()].filter(({ runId }) => runId !== row.runId);
  return (
    <MenuAt at={at} label={`Actions for ${row.workflowId}`} onClose={onClose} focusAfter={focusAfter}>
      <MenuItem onSelect={() => open(row, false)} end="↵">
        Open
      </MenuItem>
      <MenuItem onSelect={() => open(row, true)} end="Ctrl ↵">
        Open in a new tab
      </MenuItem>
      <MenuItem onSelect={() => peek(row)} end="Space">
        Peek
      </MenuItem>
      <MenuSeparator />
      <MenuItem onSelect={() => copy(row.workflowId, 'Workflow id')}>Copy workflow id</MenuItem>
      <MenuItem onSelect={() => copy(row.runId, 'Run id')}>Copy run id</MenuItem>
      <MenuItem onSelect={() => copy(`${location.origin}${paths.run(run)}`, 'Link')}>Copy link</MenuItem>
      <MenuSeparator />
      {FILTERS.map((id) => {
        const value = cellValue(id, row);
        return value === undefined ? null : (
          <MenuItem key={id} onSelect={() => filterBy(value, false)}>
            Only {id} {middleCut(row[id], 40)}
          </MenuItem>
        );
      })}
      <MenuSeparator />
      <MenuItem onSelect={() => router.push(paths.run(run, 'compare'))}>Compare with another run…</MenuItem>
      {other === undefined || others.length > 0 ? null : (
        <MenuItem onSelect={() => router.push(paths.compare(run, other))}>Compare with {middleCut(other.workflowId, 24)}</MenuItem>
      )}
      <MenuSeparator />
      <MenuGroup
        label={refusal ?? (isMany ? `All ${chosen.isEverything ? 'that match' : `${formatCount(chosen.runs.size)} chosen`}` : 'This run')}
      >
        {isMany ? null : (
          <MenuItem isDisabled={refusal !== undefined} onSelect={() => router.push(paths.start(namespace, row))}>
            Start like this one…
          </MenuItem>
        )}
        {BULK_KINDS.map((kind) => {
          const isOver = !isMany && BULK[kind].isOpenOnly && !isOpen(row.status);
          return (
            <MenuItem
              key={kind}
              isDisabled={refusal !== undefined || isOver}
              end={isOver ? 'has ended' : undefined}
              onSelect={() => onAct({ kind, selection: chosen })}
            >
              {BULK[kind].button}
            </MenuItem>
          );
        })}
      </MenuGroup>
    </MenuAt>
  );
}
