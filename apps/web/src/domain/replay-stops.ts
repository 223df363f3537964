/** The rows of a replay that need a look, in their order. */
import type { LaneRow, ReplaySection } from './replay-report.ts';
import { isHard } from './replay-report.ts';

/** `diverged` and `renamed` end the replay, the others do not. */
export type Difference = 'diverged' | 'renamed' | 'moved' | 'drift';

export interface ReplayStop {
  /** `17.0`: the task, and the row within it. */
  readonly id: string;
  readonly difference: Difference;
  /** Of the section it stands in. */
  readonly section: number;
}

export const stopId = (taskIndex: number, row: number): string => `${taskIndex}.${row}`;

export function differenceOf(row: LaneRow): Difference | undefined {
  if (row.status === 'moved') return 'moved';
  if (isHard(row)) return isRenamed(row) ? 'renamed' : 'diverged';
  return row.status === 'changed' ? 'drift' : undefined;
}

const NAMES: readonly string[] = ['activityType', 'workflowType'];

/** The same step in the same place, and only its name is another one. */
function isRenamed({ event, command }: LaneRow): boolean {
  if (event === undefined || command === undefined || event.wouldBe !== command.kind) return false;
  const differing = Object.keys(command.attributes).filter((key) => event.attributes[key] !== command.attributes[key]);
  return differing.length > 0 && differing.every((key) => NAMES.includes(key));
}

/** Past the divergence nothing was replayed, so nothing there is a difference. */
export function replayStops(sections: readonly ReplaySection[]): readonly ReplayStop[] {
  return sections.flatMap((section, at) => {
    if (section.kind !== 'lane' || section.reach === 'not-reached') return [];
    const { index, rows } = section.lane;
    const end = section.reach === 'stopped' ? rows.findIndex(isHard) + 1 : rows.length;
    return rows.slice(0, end).flatMap((row, position): ReplayStop[] => {
      const difference = differenceOf(row);
      return difference === undefined ? [] : [{ id: stopId(index, position), difference, section: at }];
    });
  });
}
