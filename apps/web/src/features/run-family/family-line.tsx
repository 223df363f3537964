import Link from 'next/link';
import { paths } from '../../data/paths.ts';
import type { FamilyNode, FamilyRow } from '../../domain/family-tree.ts';
import { formatDuration } from '../../lib/duration.ts';
import { formatCount } from '../../lib/number.ts';
import { cx, middleCut } from '../../lib/text.ts';
import { Icon } from '../../ui/icon.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';

interface FamilyLineProps {
  readonly row: FamilyRow;
  readonly top: number;
  readonly now: number;
  readonly namespace: string;
  readonly isHere: boolean;
  readonly onFocus: () => void;
  readonly onChange: () => void;
}

export function FamilyLine({ row, top, now, namespace, isHere, onFocus, onChange }: FamilyLineProps) {
  const isSelf = row.kind === 'run' && row.node.place === 'self';
  return (
    <div
      role="treeitem"
      className={cx('fam-row', isSelf && 'self')}
      aria-level={row.level}
      aria-posinset={row.kind === 'run' ? row.position : undefined}
      aria-setsize={row.kind === 'run' ? row.size : undefined}
      aria-expanded={row.kind === 'run' ? (row.isOpen ?? (row.node.place === 'above' ? true : undefined)) : undefined}
      aria-current={isSelf ? 'true' : undefined}
      aria-selected={isHere}
      data-here={isHere}
      tabIndex={isHere ? 0 : -1}
      style={{ transform: `translateY(${top}px)`, '--depth': row.level - 1 }}
      onFocus={onFocus}
      onClick={row.kind === 'more' ? onChange : undefined}
    >
      {row.kind === 'run' ? (
        <RunCells row={row} now={now} namespace={namespace} onChange={onChange} />
      ) : (
        <span className={cx('fam-name', row.kind === 'note' && 'mid')}>
          <span className="fam-tw" />
          {row.kind === 'more' ? <span className="linkb">{formatCount(row.shown)} shown, read 100 more</span> : row.text}
        </span>
      )}
    </div>
  );
}

interface RunCellsProps extends Pick<FamilyLineProps, 'now' | 'namespace' | 'onChange'> {
  readonly row: Extract<FamilyRow, { kind: 'run' }>;
}

/** Pointers have a button and a link; the keys of the tree do the same, so neither is a stop of its own. */
function RunCells({ row: { node, isOpen }, now, namespace, onChange }: RunCellsProps) {
  return (
    <>
      <span className="fam-name">
        {isOpen === undefined ? (
          <span className="fam-tw" />
        ) : (
          <button className="copy fam-tw" type="button" tabIndex={-1} aria-hidden="true" onClick={onChange}>
            <Icon name={isOpen ? 'down' : 'right'} small />
          </button>
        )}
        <Icon name={node.place === 'below' && node.turn === undefined ? 'child' : 'workflows'} />
        <span className="strong cut">{node.type}</span>
        {node.place === 'self' ? (
          <span className="mono cut">{node.workflowId}</span>
        ) : (
          <Link className="mono cut" href={linkOf(namespace, node)} tabIndex={-1} prefetch={false}>
            {middleCut(node.workflowId, 48)}
          </Link>
        )}
        {node.place === 'self' ? <span className="axis">this run</span> : null}
        {node.turn === undefined ? null : (
          <span className="axis">{node.turn === 'unknown' ? 'another run of its chain' : `run ${node.turn} of its chain`}</span>
        )}
      </span>
      <StatusMark look={node.look} />
      <span className="num mid">{spanOf(node, now)}</span>
    </>
  );
}

const linkOf = (namespace: string, { workflowId, runId }: FamilyNode): string =>
  runId === '' ? paths.workflow(namespace, workflowId) : paths.run({ namespace, workflowId, runId }, 'family');

const spanOf = ({ startedAt, closedAt }: FamilyNode, now: number): string =>
  startedAt === undefined ? '' : formatDuration((closedAt ?? now) - startedAt);
