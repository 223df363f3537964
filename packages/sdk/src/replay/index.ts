export type { DivergenceKind } from './nondeterminism.ts';
export type {
  CommandSide,
  ConditionSide,
  Divergence,
  EventSide,
  FieldDiff,
  Hint,
  Json,
  LaneRow,
  LogSide,
  ReplayReport,
  SourceFrame,
  TaskLane,
  WaitSide,
} from './report-types.ts';
