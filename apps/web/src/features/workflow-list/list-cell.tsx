'use client';
import type { ExecutionRow } from '../../data/queries.ts';
import { paths } from '../../data/paths.ts';
import { usePreferences } from '../../data/preferences.ts';
import type { ColumnId } from '../../domain/list-columns.ts';
import { fieldText, isField, isValue } from '../../domain/list-columns.ts';
import { isOpen, openLook } from '../../domain/status.ts';
import { formatDuration } from '../../lib/duration.ts';
import { formatBytes, formatCount } from '../../lib/number.ts';
import { middleCut } from '../../lib/text.ts';
import { formatMoment } from '../../lib/time.ts';
import { StatusMark } from '../../ui/status-mark.tsx';
import type { ValuesFound } from './use-values.ts';
import type { WaitingFound } from './use-waiting.ts';
import { WaitingCell } from './waiting-cell.tsx';

export interface ListCellProps {
  readonly namespace: string;
  readonly row: ExecutionRow;
  readonly now: number;
  readonly waiting: WaitingFound | undefined;
  /** What it was given and has answered, where columns show that. */
  readonly values: ValuesFound | undefined;
}

/** One cell. Whatever a run carries is text here and never markup. Its links are plain: the row follows them without loading the page anew. */
export function ListCell({ id, ...props }: ListCellProps & { readonly id: ColumnId }) {
  const { namespace, row, now } = props;
  if (isValue(id)) return <FieldCell text={fieldText(props.values?.[id])} />;
  if (isField(id)) return <FieldCell text={fieldText(row.fields[id])} />;
  switch (id) {
    case 'status':
      return (
        <td role="gridcell" className="c-st">
          <StatusMark look={openLook(row.status, props.waiting?.code)} />
        </td>
      );
    case 'id':
      return (
        <td role="gridcell" className="c-id">
          <a className="mono idl" href={paths.run({ namespace, ...row })} title={row.workflowId} tabIndex={-1}>
            {middleCut(row.workflowId, 48)}
          </a>
        </td>
      );
    case 'type':
      return (
        <td role="gridcell" className="c-type mid" title={row.type}>
          {row.type}
        </td>
      );
    case 'started':
      return <MomentCell className="c-t" at={row.startedAt} now={now} />;
    case 'closed':
      return <MomentCell className="c-more" at={row.closedAt} now={now} />;
    case 'duration':
      return (
        <td role="gridcell" className="c-d num">
          {formatDuration((row.closedAt ?? now) - row.startedAt)}
        </td>
      );
    case 'waiting':
      return (
        <td role="gridcell" className="c-wait mid">
          {isOpen(row.status) ? <WaitingCell found={props.waiting} now={now} /> : null}
        </td>
      );
    case 'queue':
      return (
        <td role="gridcell" className="c-now mid" title={row.queue}>
          <a className="quietl" href={paths.queue(namespace, row.queue)} tabIndex={-1}>
            {row.queue}
          </a>
        </td>
      );
    case 'events':
      return (
        <td role="gridcell" className="c-ev num dim" title={isOpen(row.status) ? undefined : formatBytes(row.bytes)}>
          {row.events > 0 ? formatCount(row.events) : ''}
        </td>
      );
    case 'bytes':
      return (
        <td role="gridcell" className="c-more num dim">
          {row.bytes > 0 ? formatBytes(row.bytes) : ''}
        </td>
      );
    case 'run':
      return (
        <td role="gridcell" className="c-more mono dim" title={row.runId}>
          {row.runId}
        </td>
      );
    case 'parent':
      return <FieldCell text={row.parentId ?? ''} />;
  }
}

const FieldCell = ({ text }: { text: string }) => (
  <td role="gridcell" className="c-more mid" title={text}>
    {text}
  </td>
);

function MomentCell({ className, at, now }: { className: string; at: number | null; now: number }) {
  const { zone } = usePreferences();
  return (
    <td role="gridcell" className={`${className} num mid`} data-at={at ?? undefined}>
      {at === null ? '' : formatMoment(at, zone, now)}
    </td>
  );
}
