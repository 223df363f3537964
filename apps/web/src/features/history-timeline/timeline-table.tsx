'use client';
import type { Virtualizer } from '@tanstack/react-virtual';
import type { RunView } from '../../data/run-view.ts';
import type { CriticalPath } from '../../domain/critical-path.ts';
import type { StepColumn, StepSort } from '../../domain/step-cells.ts';
import { isOfRun } from '../../domain/places.ts';
import { isNumberColumn, STEP_COLUMNS } from '../../domain/step-cells.ts';
import { cx } from '../../lib/text.ts';
import { Icon } from '../../ui/icon.tsx';
import type { Chosen } from './chosen-steps.ts';
import { isChosen } from './chosen-steps.ts';
import { gapWords } from './gap-row.tsx';
import { levelOf } from './indent.ts';
import { NoteWords } from './note-row.tsx';
import { StepRow } from './step-row.tsx';
import type { useRows } from './use-rows.ts';
import type { Timeline } from './use-timeline.ts';
import './timeline-table.css';

const HEADS: Readonly<Record<StepColumn, string>> = {
  step: 'Step',
  kind: 'Kind',
  status: 'Status',
  started: 'Since start',
  waited: 'In queue',
  ran: 'Ran',
  attempts: 'Attempts',
  worker: 'Worker',
};
const WIDTHS: Readonly<Partial<Record<StepColumn, number | string>>> = {
  step: '26%',
  kind: 116,
  status: 128,
  started: 92,
  waited: 96,
  ran: 96,
  attempts: 76,
};

export interface TimelineTableProps {
  readonly view: RunView;
  readonly timeline: Timeline;
  /** Row 0 is the head. */
  readonly virtual: Virtualizer<HTMLDivElement, Element>;
  readonly rowAt: ReturnType<typeof useRows>['rowAt'];
  readonly selected: number | null;
  readonly hasSelectedRow: boolean;
  readonly chosen: Chosen | undefined;
  /** Undefined while the path is not shown. */
  readonly path: CriticalPath | undefined;
  readonly sort: StepSort | undefined;
  /** Undefined while rows cannot be sorted: not all of them are here. */
  readonly onSort: ((column: StepColumn) => void) | undefined;
  readonly onSelect: (eventId: number) => void;
  readonly onExtend: (eventId: number) => void;
  readonly onToggle: (key: string) => void;
}

/** The rows of the timeline in words and numbers: those in sight, between two spacers that stand for all the others. */
export function TimelineTable(props: TimelineTableProps) {
  const { view, timeline, virtual, rowAt, selected, hasSelectedRow, chosen, path, sort, onSort, onSelect, onExtend, onToggle } = props;
  const items = virtual.getVirtualItems().filter(({ index }) => index > 0);
  const head = virtual.measurementsCache[0]?.size ?? 0;
  const before = (items[0]?.start ?? head) - head;
  const after = Math.max(0, virtual.getTotalSize() - (items.at(-1)?.end ?? head));
  return (
    <table className="grid steps cards" role="table" aria-label="Steps" aria-rowcount={virtual.options.count}>
      <colgroup>
        {STEP_COLUMNS.map((column) => (
          <col key={column} style={{ width: WIDTHS[column] }} />
        ))}
      </colgroup>
      <thead role="rowgroup">
        <tr role="row" aria-rowindex={1}>
          {STEP_COLUMNS.map((column) => (
            <Head key={column} column={column} sort={sort} onSort={onSort} />
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {before > 0 ? <tr aria-hidden="true" className="steps-space" style={{ height: before }} /> : null}
        {items.map(({ index, key }) => {
          const row = rowAt(index);
          if (row === undefined) return null;
          if (row === 'gap')
            return (
              <tr key={key} role="row" aria-rowindex={index + 1} aria-busy={view.isLoading}>
                <td role="cell" className="dim" colSpan={STEP_COLUMNS.length}>
                  {gapWords(view)}
                </td>
              </tr>
            );
          if (row.note !== undefined)
            return (
              <tr key={key} role="row" aria-rowindex={index + 1} aria-busy={row.note.kind === 'reading'} style={levelOf(row)}>
                <td role="cell" className="s-name dim" colSpan={STEP_COLUMNS.length}>
                  <span className="row">
                    <NoteWords note={row.note} />
                  </span>
                </td>
              </tr>
            );
          return (
            <StepRow
              key={key}
              row={row}
              index={index}
              start={timeline.start}
              now={timeline.end}
              isSelected={row.group.id === selected && (row.members.length === 1 || !row.isExpanded)}
              isChosen={isChosen(chosen, row)}
              isOnPath={path && isOfRun(row.group.id) ? row.members.some(({ id }) => path.byId.has(id)) : undefined}
              isFirst={index === 1 && !hasSelectedRow}
              onSelect={onSelect}
              onExtend={onExtend}
              onToggle={onToggle}
            />
          );
        })}
        {after > 0 ? <tr aria-hidden="true" className="steps-space" style={{ height: after }} /> : null}
      </tbody>
    </table>
  );
}

function Head({ column, sort, onSort }: Pick<TimelineTableProps, 'sort' | 'onSort'> & { readonly column: StepColumn }) {
  const sorted = sort?.column === column ? sort : undefined;
  return (
    <th
      role="columnheader"
      scope="col"
      className={cx(isNumberColumn(column) && 'num')}
      aria-sort={sorted === undefined ? undefined : sorted.isDescending ? 'descending' : 'ascending'}
    >
      {onSort === undefined ? (
        HEADS[column]
      ) : (
        <button className="sortb" type="button" onClick={() => onSort(column)}>
          {HEADS[column]}
          {sorted === undefined ? null : <Icon name={sorted.isDescending ? 'down' : 'up'} small />}
        </button>
      )}
    </th>
  );
}
