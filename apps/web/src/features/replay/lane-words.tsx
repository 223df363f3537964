import type { ConditionSide, LogSide, TaskLane } from '../../domain/replay-report.ts';
import { framePlace } from '../../domain/replay-report.ts';
import { cx } from '../../lib/text.ts';

export const hasWords = ({ logs = [], conditions = [] }: TaskLane): boolean => logs.length + conditions.length > 0;

/** What the code wrote in a task, and what it still waited for when the task ended: history holds neither. */
export function LaneWords({ lane: { index, logs = [], conditions = [] } }: { lane: TaskLane }) {
  return (
    <tr role="row" className="said">
      <td role="gridcell" className="tn" />
      <td role="gridcell" className="wk axis">
        {logs.length > 0 ? 'wrote' : 'waited for'}
      </td>
      <td role="gridcell" colSpan={3}>
        {logs.length === 0 ? null : (
          <ul className="lgs" aria-label={`What task ${index} wrote`}>
            {logs.map((line, at) => (
              // Lines have no identity but their place.
              <LogLine key={at} line={line} />
            ))}
          </ul>
        )}
        {conditions.length === 0 ? null : (
          <ul className="lgs" aria-label={`What task ${index} waited for`}>
            {conditions.map((condition, at) => (
              <li key={at}>
                {logs.length > 0 ? <span className="axis">then waits for</span> : null} <Condition condition={condition} />
              </li>
            ))}
          </ul>
        )}
      </td>
    </tr>
  );
}

const BAD: Readonly<Record<string, string>> = { warn: 'st-retrying', error: 'st-failed' };

function LogLine({ line: { level, message, attributes, at } }: { line: LogSide }) {
  return (
    <li>
      <span className={cx('lv', BAD[level])}>{level}</span> <span>{message}</span>{' '}
      {attributes === undefined ? null : <span className="mono dim cut">{attributes}</span>}{' '}
      <span className="mono dim">{framePlace(at)}</span>
    </li>
  );
}

/** `this.approved order.ts:22`. */
export function Condition({ condition: { label, at } }: { condition: ConditionSide }) {
  return (
    <>
      <code>{label}</code> <span className="mono dim">{framePlace(at)}</span>
    </>
  );
}
