import type { CompareRow } from '../../domain/compare-runs.ts';
import type { Group } from '../../domain/event-groups.ts';
import { kindIcon } from '../../domain/kind.ts';
import type { TimeScale } from '../../domain/time-scale.ts';
import type { Segment } from '../../domain/timeline-layout.ts';
import { segmentsOf } from '../../domain/timeline-layout.ts';
import { cx } from '../../lib/text.ts';
import { Icon } from '../../ui/icon.tsx';
import { differenceWords, signed } from './difference-words.ts';
import type { LinePlace } from './steps-table.tsx';

interface Sides {
  readonly a: number;
  readonly b: number;
}

interface CompareLineProps {
  readonly row: CompareRow;
  readonly place: LinePlace;
  readonly starts: Sides;
  readonly ends: Sides;
  readonly scale: TimeScale;
  readonly isHere: boolean;
  readonly onChoose: () => void;
}

export function CompareLine({ row, place, starts, ends, scale, isHere, onChoose }: CompareLineProps) {
  const group = row.a ?? row.b;
  return (
    <div
      role="row"
      className={cx('cmp-row', isHere && 'here', row.difference === undefined && 'alike')}
      aria-rowindex={place.index + 2}
      aria-current={isHere ? 'true' : undefined}
      style={{ transform: `translateY(${place.top}px)` }}
      onClick={onChoose}
    >
      <span role="rowheader" className="cmp-name">
        {group ? <Icon name={kindIcon(group.kind)} /> : null}
        <span className="cut">{group?.name}</span>
        {group?.label && group.kind !== 'timer' ? <span className="axis cut">{group.label}</span> : null}
      </span>
      <span role="cell" className="cmp-lane">
        <span className="sr">{sidesOf(row)}</span>
        <Track group={row.a} start={starts.a} end={ends.a} scale={scale} />
        <Track group={row.b} start={starts.b} end={ends.b} scale={scale} />
      </span>
      <span role="cell" className="num">
        {row.duration === undefined ? '' : signed(row.duration)}
      </span>
      <span role="cell" className="num mid">
        {row.wait === undefined ? '' : signed(row.wait)}
      </span>
      <span role="cell" className="num mid">
        {row.attempts === undefined || row.attempts === 0 ? '' : `${row.a?.attempt} → ${row.b?.attempt}`}
      </span>
      <span role="cell" className="cut" title={differenceWords(row)}>
        {differenceWords(row)}
      </span>
    </div>
  );
}

const sidesOf = ({ a, b }: CompareRow): string => (a && b ? 'in both' : a ? 'only in A' : 'only in B');

const CLASSES: Readonly<Record<Segment['kind'], string>> = {
  queue: 'sg q',
  run: 'sg r',
  backoff: 'sg b',
  timer: 'sg t',
  point: 'pt',
  next: 'pt next',
};

function Track({ group, start, end, scale }: { group: Group | undefined; start: number; end: number; scale: TimeScale }) {
  return (
    <span className="cmp-t" aria-hidden="true">
      {(group === undefined ? [] : segmentsOf(group, end)).map((segment) => {
        const a = scale.at(segment.from - start);
        const n = Math.min(scale.at(segment.to - start), 100) - a;
        return (
          <i
            key={`${segment.kind} ${segment.from}`}
            className={cx(
              CLASSES[segment.kind],
              `st-${segment.tone}`,
              segment.kind === 'run' && segment.isFirst && 'solo',
              segment.end !== 'plain' && segment.end,
            )}
            style={{ '--a': Number(Math.min(a, 99.2).toFixed(3)), '--n': Number(n.toFixed(3)) }}
          />
        );
      })}
    </span>
  );
}
