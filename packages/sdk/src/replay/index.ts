export type { DivergenceKind } from './nondeterminism.ts';
export type {
  CommandSide,
  Divergence,
  EventSide,
  FieldDiff,
  Hint,
  Json,
  LaneRow,
  ReplayReport,
  SourceFrame,
  TaskLane,
  WaitSide,
} from './report-types.ts';
