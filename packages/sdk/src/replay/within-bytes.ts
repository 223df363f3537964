/** Makes a report small enough for who carries it. */
import type { LaneRow, ReplayReport, TaskLane } from './report-types.ts';

const encoder = new TextEncoder();
const bytesOf = (value: unknown): number => encoder.encode(JSON.stringify(value)).length;
/** For what the report says of itself when it is cut. */
const MARGIN = 100;

/** Drops the source beside what is the same, then lanes that are far from where history and code part, then all of them. */
export function withinBytes(report: ReplayReport, bytesMax: number): ReplayReport {
  const fits = (candidate: ReplayReport) => bytesOf(candidate) <= bytesMax;
  if (fits(report)) return report;
  const light = { ...report, lanes: report.lanes.map((lane) => ({ ...lane, rows: lane.rows.map(withoutSource) })) };
  if (fits(light)) return light;
  const bare = { ...light, lanes: [], waits: [] };
  const lanes = nearest(light, bytesMax - bytesOf(bare) - MARGIN);
  return { ...bare, lanes, truncated: { omittedTasks: report.lanes.length - lanes.length, omittedFields: 0 } };
}

function withoutSource(row: LaneRow): LaneRow {
  const { status, command } = row;
  if (status !== 'same' || command === undefined) return row;
  return { ...row, command: { ...command, stack: command.stack.map(({ snippet: _source, ...at }) => at) } };
}

/** Those around the task at which the replay stopped, without a hole; the first ones where it did not stop. */
function nearest({ lanes, tasks, divergence }: ReplayReport, bytesMax: number): TaskLane[] {
  const stopped = divergence?.taskIndex ?? tasks.failedIndex;
  const middle = Math.max(
    0,
    lanes.findIndex(({ index }) => index === stopped),
  );
  let [from, to, left] = [middle, middle, bytesMax];
  const take = (at: number): boolean => {
    const lane = lanes[at];
    const size = lane === undefined ? Number.POSITIVE_INFINITY : bytesOf(lane) + 1;
    if (size > left) return false;
    left -= size;
    return true;
  };
  for (let more = true; more; ) {
    more = false;
    if (take(to)) [to, more] = [to + 1, true];
    if (to > middle && take(from - 1)) [from, more] = [from - 1, true];
  }
  return lanes.slice(from, to);
}
