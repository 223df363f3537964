'use client';
import type { Virtualizer } from '@tanstack/react-virtual';
import type { RunView } from '../../data/run-view.ts';
import type { HistoryRow } from '../../domain/history-rows.ts';
import { SkeletonRows } from '../../ui/skeleton-rows.tsx';
import { EventDetail } from './event-detail.tsx';
import { Row } from './history-row.tsx';

/** What stands above the first row in the scroller. */
export const HEAD_PX = 28;

export interface HistoryTableProps {
  readonly label: string;
  readonly view: RunView;
  readonly rows: readonly HistoryRow[];
  readonly virtual: Virtualizer<HTMLDivElement, Element>;
  /** The row that the address names; -1 for none. */
  readonly here: number;
  readonly now: number;
  readonly selectedGroup: number | undefined;
  readonly isShown: (row: HistoryRow) => boolean;
  readonly onToggle: (row: HistoryRow) => void;
}

/** The rows in sight, between two spacers that stand for all the others. */
export function HistoryTable({ label, view, rows, virtual, here, now, selectedGroup, isShown, onToggle }: HistoryTableProps) {
  const items = virtual.getVirtualItems();
  const above = virtual.options.scrollMargin;
  const before = (items[0]?.start ?? above) - above;
  const after = Math.max(0, virtual.getTotalSize() - ((items.at(-1)?.end ?? above) - above));
  return (
    <table className="grid hist cards" role="treegrid" aria-label={label} aria-rowcount={rows.length + 1}>
      <Columns />
      {view.isLoading ? (
        <tbody role="rowgroup">
          <SkeletonRows columns={7} />
        </tbody>
      ) : null}
      {before > 0 ? <Spacer height={before} /> : null}
      {items.map((item) => {
        const row = rows[item.index];
        if (row === undefined) return null;
        const isOpen = isShown(row);
        return (
          <tbody role="rowgroup" key={item.key} data-index={item.index} ref={virtual.measureElement}>
            <Row
              row={row}
              now={now}
              index={item.index}
              isHere={item.index === here}
              isFirst={item.index === 0 && here < 0}
              isOpen={isOpen}
              onToggle={() => onToggle(row)}
              selectedGroup={selectedGroup}
            />
            {isOpen && row.kind !== 'pending' ? <EventDetail view={view} row={row} /> : null}
          </tbody>
        );
      })}
      {after > 0 ? <Spacer height={after} /> : null}
    </table>
  );
}

function Columns() {
  return (
    <>
      <colgroup>
        <col style={{ width: 112 }} />
        <col style={{ width: 88 }} />
        <col style={{ width: 112 }} />
        <col style={{ width: 84 }} />
        <col style={{ width: '28%' }} />
        <col />
        <col style={{ width: 80 }} />
      </colgroup>
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">
            <span className="sr">Group</span>
          </th>
          <th role="columnheader" scope="col">
            Event
          </th>
          <th role="columnheader" scope="col">
            Time
          </th>
          <th role="columnheader" scope="col" className="num">
            Δ previous
          </th>
          <th role="columnheader" scope="col">
            What happened
          </th>
          <th role="columnheader" scope="col">
            Summary
          </th>
          <th role="columnheader" scope="col" className="num">
            Size
          </th>
        </tr>
      </thead>
    </>
  );
}

function Spacer({ height }: { height: number }) {
  return (
    <tbody aria-hidden="true">
      <tr role="row" style={{ height }} />
    </tbody>
  );
}
