/** A filter as an SQL condition over the visibility table. */
import type { ComparisonOperator, Filter, FilterField, FilterValue, SystemField } from '../../visibility/model/filter.ts';
import { wordsKey, wordsOf } from '../../visibility/model/words.ts';
import type { Value } from './database.ts';

export interface Condition {
  readonly sql: string;
  readonly values: readonly Value[];
}

const systemColumns: Readonly<Record<SystemField, string>> = {
  WorkflowId: '"workflow_id"',
  RunId: '"run_id"',
  WorkflowType: '"workflow_type"',
  // The plus keeps lists off the index of start times, which would have them sort all that it finds; counts ask for it by `startBounds`.
  StartTime: '+"start_time"',
  ExecutionTime: '"execution_time"',
  CloseTime: '"close_time"',
  ExecutionStatus: '"status"',
  TaskQueue: '"task_queue"',
  HistoryLength: '"history_length"',
  HistorySizeBytes: '"history_size_bytes"',
  // Nanoseconds, as durations are compared in.
  ExecutionDuration: '(("close_time" - "execution_time") * 1e6)',
  StateTransitionCount: '"state_transition_count"',
  ParentWorkflowId: '"parent_workflow_id"',
  ParentRunId: '"parent_run_id"',
  RootWorkflowId: '"root_workflow_id"',
  RootRunId: '"root_run_id"',
};

const ATTRIBUTE = `json_extract("attributes", '$."' || ? || '"')`;
/** The members of a list, or the one value that stands in its place. */
const MEMBERS = `json_each("attributes", '$."' || ? || '"')`;

export function toCondition(filter: Filter): Condition {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return join(filter.operands.map(toCondition), filter.kind === 'and' ? ' AND ' : ' OR ');
    case 'not': {
      const operand = toCondition(filter.operand);
      return { sql: `NOT (${operand.sql})`, values: operand.values };
    }
    case 'compare':
      return compare(filter.field, filter.operator, filter.value);
    case 'in': {
      const any = join(
        filter.values.map((value) => compare(filter.field, '=', value)),
        ' OR ',
      );
      return filter.negated ? negate(filter.field, any) : any;
    }
    case 'between': {
      const both = join([compare(filter.field, '>=', filter.low), compare(filter.field, '<=', filter.high)], ' AND ');
      return filter.negated ? negate(filter.field, both) : both;
    }
    case 'startsWith': {
      const { sql, values } = expression(filter.field);
      // Every string with the prefix lies between it and itself followed by the highest code point.
      const found = { sql: `(${sql} >= ? AND ${sql} < ?)`, values: [...values, filter.prefix, ...values, `${filter.prefix}\u{10FFFF}`] };
      return filter.negated ? negate(filter.field, found) : found;
    }
    case 'isNull': {
      const { sql, values } = expression(filter.field);
      return { sql: `${sql} IS ${filter.negated ? 'NOT ' : ''}NULL`, values };
    }
  }
}

/** What the filter as a whole says of start times, in a form that an index answers; nothing when it leaves them open. */
export function startBounds(filter: Filter): Condition | undefined {
  const bounds = boundsOf(filter);
  return bounds.length === 0 ? undefined : join(bounds, ' AND ');
}

function boundsOf(filter: Filter): readonly Condition[] {
  if (filter.kind === 'and') return filter.operands.flatMap(boundsOf);
  if (filter.kind !== 'compare' && filter.kind !== 'between') return [];
  const { field } = filter;
  if (field.kind !== 'system' || field.name !== 'StartTime') return [];
  const bound = (operator: string, value: FilterValue): Condition => ({ sql: `"start_time" ${operator} ?`, values: [Number(value)] });
  if (filter.kind === 'between') return filter.negated ? [] : [bound('>=', filter.low), bound('<=', filter.high)];
  return filter.operator === '!=' ? [] : [bound(filter.operator, filter.value)];
}

function join(conditions: readonly Condition[], word: string): Condition {
  return { sql: `(${conditions.map(({ sql }) => sql).join(word)})`, values: conditions.flatMap(({ values }) => values) };
}

function expression(field: FilterField): Condition {
  return field.kind === 'system' ? { sql: systemColumns[field.name], values: [] } : { sql: ATTRIBUTE, values: [field.name] };
}

const isList = (field: FilterField): boolean => field.kind === 'attribute' && field.type === 'KeywordList';
const isText = (field: FilterField): boolean => field.kind === 'attribute' && field.type === 'Text';

/** Of scalars only those that have a value can differ from one; a list or a text that is not there lacks every member. */
function negate(field: FilterField, { sql, values }: Condition): Condition {
  return isList(field) || isText(field) ? { sql: `NOT COALESCE(${sql}, 0)`, values } : { sql: `NOT ${sql}`, values };
}

function compare(field: FilterField, operator: ComparisonOperator, value: FilterValue): Condition {
  const bound: Value = typeof value === 'boolean' ? (value ? 1 : 0) : value;
  if (field.kind === 'attribute' && isList(field)) {
    const member = { sql: `EXISTS (SELECT 1 FROM ${MEMBERS} WHERE "value" = ?)`, values: [field.name, bound] };
    return operator === '!=' ? negate(field, member) : member;
  }
  if (field.kind === 'attribute' && isText(field)) {
    const words = wordsOf(String(value)).map((word) => ({
      sql: `INSTR(' ' || COALESCE(${ATTRIBUTE}, '') || ' ', ' ' || ? || ' ') > 0`,
      values: [wordsKey(field.name), word],
    }));
    const any = join(words, ' OR ');
    return operator === '!=' ? negate(field, any) : any;
  }
  const { sql, values } = expression(field);
  return { sql: `${sql} ${operator} ?`, values: [...values, bound] };
}
