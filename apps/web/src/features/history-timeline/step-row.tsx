'use client';
import { memo, useEffect, useRef } from 'react';
import { kindIcon, kindName } from '../../domain/kind.ts';
import { stepCells } from '../../domain/step-cells.ts';
import type { TimelineRow } from '../../domain/timeline-layout.ts';
import { formatDuration, formatOffset } from '../../lib/duration.ts';
import { formatCount } from '../../lib/number.ts';
import { cx } from '../../lib/text.ts';
import { isFocusFree } from '../../ui/free-focus.ts';
import { Icon } from '../../ui/icon.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { levelOf } from './indent.ts';
import { isSameRow } from './same-row.ts';

export interface StepRowProps {
  readonly row: TimelineRow;
  /** The head is before the first. */
  readonly index: number;
  /** Of the run; milliseconds since the epoch. */
  readonly start: number;
  readonly now: number;
  readonly isSelected: boolean;
  readonly isChosen: boolean;
  /** Undefined while the critical path is not shown. */
  readonly isOnPath: boolean | undefined;
  readonly isFirst: boolean;
  readonly onSelect: (eventId: number) => void;
  readonly onExtend: (eventId: number) => void;
  readonly onToggle: (key: string) => void;
}

export const StepRow = memo(function StepRow(props: StepRowProps) {
  const { row, index, start, now, isSelected, isChosen, isOnPath, isFirst, onSelect, onExtend, onToggle } = props;
  const { group, members } = row;
  const element = useRef<HTMLTableRowElement>(null);
  useEffect(() => {
    const focused = document.activeElement;
    if (isSelected && (isFocusFree(focused) || focused?.closest('tr[data-step]'))) element.current?.focus({ preventScroll: true });
  }, [isSelected]);
  const cells = stepCells(row, now);
  const usual = members.length > 1 ? 'p50 ' : '';
  const ms = (value: number | undefined) => (value === undefined ? '' : `${usual}${formatDuration(value)}`);
  // Beneath its woven row it is told apart from the others by what is its own.
  const own = row.isMember ? (group.label ?? group.key) : undefined;
  const note = members.length > 1 ? `×${formatCount(members.length)}` : (group.label ?? (group.kind === 'child' ? group.key : undefined));
  return (
    <tr
      ref={element}
      role="row"
      data-step
      className={cx(isSelected && 'here', isOnPath === false && 'off-path')}
      style={levelOf(row)}
      aria-rowindex={index + 1}
      aria-selected={isSelected || isChosen}
      tabIndex={isSelected || isFirst ? 0 : -1}
      onMouseDown={(event) => {
        // Rows are chosen, not their text.
        if (event.shiftKey) event.preventDefault();
      }}
      onClick={(event) => (event.shiftKey ? onExtend : onSelect)(group.id)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && event.target === event.currentTarget) onSelect(group.id);
      }}
    >
      <td role="rowheader" className="s-name">
        <span className="row">
          <Icon name={kindIcon(group.kind)} />
          {own === undefined ? null : <span className="sr">{group.name}</span>}
          <span className={own === undefined ? 'cut strong' : 'cut'}>{own ?? group.name}</span>
          {note === undefined || note === group.name || note === own ? null : <span className="cut dim">{note}</span>}
          {isOnPath ? <span className="sr">on the critical path</span> : null}
          {row.isExpandable ? (
            <button
              type="button"
              className="copy tw"
              tabIndex={-1}
              aria-expanded={row.isExpanded}
              aria-label={`${row.isExpanded ? 'Close' : 'Open'} ${group.name}`}
              onClick={(event) => {
                event.stopPropagation();
                onToggle(row.key);
              }}
            >
              <Icon name={row.isExpanded ? 'down' : 'right'} small />
            </button>
          ) : null}
        </span>
      </td>
      <td role="cell" className="s-kind mid">
        {kindName(group.kind)}
      </td>
      <td role="cell" className="s-status">
        <StatusMark look={cells.look} text={cells.word} />
      </td>
      <td role="cell" className="s-started num" data-at={cells.openedAt}>
        {formatOffset(cells.openedAt - start)}
      </td>
      <td role="cell" className="s-waited num mid">
        {ms(cells.waitedMs)}
      </td>
      <td role="cell" className="s-ran num">
        {ms(cells.ranMs)}
      </td>
      <td role="cell" className="s-tries num mid">
        {cells.attempts === undefined ? '' : formatCount(cells.attempts)}
      </td>
      <td role="cell" className="s-worker mid" title={cells.worker}>
        {cells.workers > 1 ? `${cells.workers} workers` : cells.worker}
      </td>
    </tr>
  );
}, isSameRow);
