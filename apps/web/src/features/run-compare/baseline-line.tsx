import { kindIcon } from '../../domain/kind.ts';
import { groupLook } from '../../domain/status.ts';
import type { BaselineRow } from '../../domain/step-baseline.ts';
import { formatDuration } from '../../lib/duration.ts';
import { cx } from '../../lib/text.ts';
import { Glyph, Icon } from '../../ui/icon.tsx';
import { outsideWords, stepName } from './baseline-words.ts';
import type { LinePlace } from './steps-table.tsx';

interface BaselineLineProps {
  readonly row: BaselineRow;
  readonly place: LinePlace;
  /** Milliseconds of the whole width. */
  readonly longest: number;
  readonly runs: number;
  readonly isHere: boolean;
  readonly onChoose: () => void;
}

export function BaselineLine({ row, place, longest, runs, isHere, onChoose }: BaselineLineProps) {
  const { group, baseline, duration, wait } = row;
  const words = outsideWords(row);
  return (
    <div
      role="row"
      className={cx('cmp-row', isHere && 'here', row.outside.length === 0 && 'alike')}
      aria-rowindex={place.index + 2}
      aria-current={isHere ? 'true' : undefined}
      style={{ transform: `translateY(${place.top}px)` }}
      onClick={onChoose}
    >
      <span role="rowheader" className="cmp-name">
        <Icon name={kindIcon(row.kind)} />
        <span className="cut">{stepName(row)}</span>
        {baseline !== undefined && baseline.runs < runs ? <span className="axis">in {baseline.runs} runs</span> : null}
      </span>
      <span role="cell" className="bl-lane">
        <span className="sr">{group === undefined ? 'not in this run' : groupLook(group.status).word}</span>
        <Lane row={row} longest={longest} />
      </span>
      <span role="cell" className="num">
        {time(duration)}
      </span>
      <span role="cell" className="num mid">
        {time(baseline?.duration?.p50)}
      </span>
      <span role="cell" className="num mid">
        {time(baseline?.duration?.p95)}
      </span>
      <span role="cell" className="num mid">
        {pair(time(wait), time(baseline?.wait?.p95))}
      </span>
      <span role="cell" className="num mid">
        {baseline?.attempts === undefined ? '' : pair(group === undefined ? '' : String(group.attempt), String(baseline.attempts.p95))}
      </span>
      <span role="cell" className="bl-out" title={words}>
        {words === '' ? null : (
          <>
            <span className={row.outside.includes('status') ? 'st-failed' : 'st-retrying'}>
              <Glyph name="taskfail" />
            </span>
            <span className="cut">{words}</span>
          </>
        )}
      </span>
    </div>
  );
}

const time = (ms: number | undefined): string => (ms === undefined ? '' : formatDuration(ms));
const pair = (own: string, usual: string): string => (own === '' && usual === '' ? '' : `${own || '–'} / ${usual || '–'}`);

/** How long it took, below the span from p50 to p95. */
function Lane({ row: { group, duration, baseline }, longest }: Pick<BaselineLineProps, 'row' | 'longest'>) {
  const part = (ms: number) => `${(Math.min(ms, longest) / longest) * 100}%`;
  const usual = baseline?.duration;
  return (
    <span aria-hidden="true">
      {usual === undefined ? null : <i className="bl-u" style={{ left: part(usual.p50), width: part(usual.p95 - usual.p50) }} />}
      {group === undefined || duration === undefined ? null : (
        <i className={cx('bl-d', `st-${groupLook(group.status).tone}`)} style={{ width: part(duration) }} />
      )}
    </span>
  );
}
