'use client';
import type { ReactNode } from 'react';
import type { ExecutionRow } from '../../data/queries.ts';
import { paths } from '../../data/paths.ts';
import type { ColumnId } from '../../domain/list-columns.ts';
import { fieldText, isField, isValue } from '../../domain/list-columns.ts';
import { isOpen, openLook } from '../../domain/status.ts';
import { formatDuration } from '../../lib/duration.ts';
import { formatBytes, formatCount } from '../../lib/number.ts';
import { withTail } from '../../lib/text.ts';
import { formatMoment } from '../../lib/time.ts';
import { Lasts } from '../../ui/lasts.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import type { ValuesFound } from './use-values.ts';
import type { WaitingFound } from './use-waiting.ts';
import { WaitingCell } from './waiting-cell.tsx';

export interface CellOf {
  readonly namespace: string;
  readonly row: ExecutionRow;
  readonly zone: string;
  /** The one that runs, milliseconds. */
  readonly minute: number;
  readonly waiting: WaitingFound | undefined;
  /** What it was given and has answered, where columns show that. */
  readonly values: ValuesFound | undefined;
}

/** What is in one cell, and how it is laid out. */
export interface ListCell {
  readonly className: string;
  readonly content: ReactNode;
  readonly title?: string | undefined;
  /** The moment that it tells, milliseconds. */
  readonly at?: number | undefined;
}

/**
 * A plain function, for a row is drawn as a whole and a component for each cell would be half of what that takes.
 * Whatever a run carries is text here and never markup. Links are plain: the row follows them without loading the page anew.
 */
const WHOLE_CHARS = 20;
/** As the style sheet has it. */
const TAIL_CHARS = 10;

/** Where its column is too narrow, the middle is left out. */
function RunLink({ href, id }: { href: string; id: string }) {
  const [head, tail] = withTail(id, WHOLE_CHARS, TAIL_CHARS);
  return (
    <a className="mono idl" href={href} title={id} tabIndex={-1} aria-label={tail === '' ? undefined : id}>
      {tail === '' ? head : <span className="cut idh">{head}</span>}
      {tail}
    </a>
  );
}

export function listCell(id: ColumnId, { namespace, row, zone, minute, waiting, values }: CellOf): ListCell {
  if (isValue(id)) return fieldCell(fieldText(values?.[id]));
  if (isField(id)) return fieldCell(fieldText(row.fields[id]));
  const moment = (at: number | null) => ({ content: at === null ? '' : formatMoment(at, zone, minute), at: at ?? undefined });
  switch (id) {
    case 'status':
      return { className: 'c-st', content: <StatusMark look={openLook(row.status, waiting?.code)} /> };
    case 'id':
      return {
        className: 'c-id',
        content: <RunLink href={paths.run({ namespace, ...row })} id={row.workflowId} />,
      };
    case 'type':
      return { className: 'c-type mid', title: row.type, content: row.type };
    case 'started':
      return { className: 'c-t num mid', ...moment(row.startedAt) };
    case 'closed':
      return { className: 'c-more num mid', ...moment(row.closedAt) };
    case 'duration':
      return {
        className: 'c-d num',
        content: row.closedAt === null ? <Lasts since={row.startedAt} /> : formatDuration(row.closedAt - row.startedAt),
      };
    case 'waiting':
      return { className: 'c-wait mid', content: isOpen(row.status) ? <WaitingCell found={waiting} zone={zone} /> : null };
    case 'queue':
      return {
        className: 'c-now mid',
        title: row.queue,
        content: (
          <a className="quietl" href={paths.queue(namespace, row.queue)} tabIndex={-1}>
            {row.queue}
          </a>
        ),
      };
    case 'events':
      return {
        className: 'c-ev num dim',
        title: isOpen(row.status) ? undefined : formatBytes(row.bytes),
        content: row.events > 0 ? formatCount(row.events) : '',
      };
    case 'bytes':
      return { className: 'c-more num dim', content: row.bytes > 0 ? formatBytes(row.bytes) : '' };
    case 'run':
      return { className: 'c-more mono dim', title: row.runId, content: row.runId };
    case 'parent':
      return fieldCell(row.parentId ?? '');
  }
}

const fieldCell = (text: string): ListCell => ({ className: 'c-more mid', title: text, content: text });
