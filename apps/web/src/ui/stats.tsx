import type { ReactNode } from 'react';
import { cx } from '../lib/text.ts';
import './styles/stats.css';

export const Stats = ({ children }: { children: ReactNode }) => <dl className="stats">{children}</dl>;

export interface StatProps {
  readonly name: string;
  readonly value: ReactNode;
  readonly unit?: string | undefined;
  readonly note: ReactNode;
  readonly isBad?: boolean;
}

/** One figure of a strip: what it is, how much, and what it stands on. */
export function Stat({ name, value, unit, note, isBad = false }: StatProps) {
  return (
    <div className={cx('stat', isBad && 'bad')}>
      <dt>{name}</dt>
      <dd>
        <b>{value}</b>
        {unit ? <span className="u">{unit}</span> : null}
        <span className="axis" style={{ display: 'block' }}>
          {note}
        </span>
      </dd>
    </div>
  );
}
