export type { DivergenceKind } from './nondeterminism.ts';
export { withinBytes } from './within-bytes.ts';
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
