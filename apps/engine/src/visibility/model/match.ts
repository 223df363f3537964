/** A filter against one record: what the SQL of the other store must agree with. */
import type { ComparisonOperator, Filter, FilterField, FilterValue } from './filter.ts';
import { wordsKey, wordsOf } from './words.ts';

/** The fields of a record that filters look at; instants in milliseconds. */
export interface Matchable {
  readonly key: { readonly workflowId: string; readonly runId: string };
  readonly workflowType: string;
  readonly taskQueue: string;
  readonly status: number;
  readonly startTime: number;
  readonly executionTime: number;
  readonly closeTime?: number;
  readonly historyLength?: number;
  readonly historySizeBytes?: number;
  readonly stateTransitionCount?: number;
  readonly parent?: { readonly workflowId: string; readonly runId: string };
  readonly root?: { readonly workflowId: string; readonly runId: string };
  readonly attributes: Readonly<Record<string, string | number | boolean | readonly string[]>>;
}

type Value = string | number | boolean | readonly string[] | undefined;
/** Undefined as in SQL: neither true nor false. */
type Truth = boolean | undefined;

export const matches = (filter: Filter, record: Matchable): boolean => evaluate(filter, record) === true;

function evaluate(filter: Filter, record: Matchable): Truth {
  switch (filter.kind) {
    case 'and':
      return all(filter.operands.map((operand) => evaluate(operand, record)));
    case 'or':
      return any(filter.operands.map((operand) => evaluate(operand, record)));
    case 'not': {
      const truth = evaluate(filter.operand, record);
      return truth === undefined ? undefined : !truth;
    }
    case 'compare':
      return compare(record, filter.field, { operator: filter.operator, value: filter.value });
    case 'in':
      return negateIf(
        filter.negated,
        filter.field,
        any(filter.values.map((value) => compare(record, filter.field, { operator: '=', value }))),
      );
    case 'between': {
      const low = compare(record, filter.field, { operator: '>=', value: filter.low });
      const high = compare(record, filter.field, { operator: '<=', value: filter.high });
      return negateIf(filter.negated, filter.field, all([low, high]));
    }
    case 'startsWith': {
      const value = valueOf(filter.field, record);
      return negateIf(filter.negated, filter.field, typeof value === 'string' ? value.startsWith(filter.prefix) : undefined);
    }
    case 'isNull':
      return (valueOf(filter.field, record) === undefined) !== filter.negated;
  }
}

const all = (truths: readonly Truth[]): Truth => (truths.includes(false) ? false : truths.includes(undefined) ? undefined : true);
const any = (truths: readonly Truth[]): Truth => (truths.includes(true) ? true : truths.includes(undefined) ? undefined : false);

/** A list or a text that is not there lacks every member; of scalars only those that have a value can differ. */
const hasMembers = (field: FilterField): boolean => field.kind === 'attribute' && (field.type === 'KeywordList' || field.type === 'Text');

function negateIf(negated: boolean, field: FilterField, truth: Truth): Truth {
  if (!negated) return truth;
  if (hasMembers(field)) return truth !== true;
  return truth === undefined ? undefined : !truth;
}

function valueOf(field: FilterField, record: Matchable): Value {
  if (field.kind === 'attribute') return record.attributes[field.name];
  switch (field.name) {
    case 'WorkflowId':
      return record.key.workflowId;
    case 'RunId':
      return record.key.runId;
    case 'WorkflowType':
      return record.workflowType;
    case 'StartTime':
      return record.startTime;
    case 'ExecutionTime':
      return record.executionTime;
    case 'CloseTime':
      return record.closeTime;
    case 'ExecutionStatus':
      return record.status;
    case 'TaskQueue':
      return record.taskQueue;
    case 'HistoryLength':
      return record.historyLength;
    case 'HistorySizeBytes':
      return record.historySizeBytes;
    case 'ExecutionDuration':
      return record.closeTime === undefined ? undefined : (record.closeTime - record.executionTime) * 1e6;
    case 'StateTransitionCount':
      return record.stateTransitionCount;
    case 'ParentWorkflowId':
      return record.parent?.workflowId;
    case 'ParentRunId':
      return record.parent?.runId;
    case 'RootWorkflowId':
      return record.root?.workflowId;
    case 'RootRunId':
      return record.root?.runId;
  }
}

interface Comparison {
  readonly operator: ComparisonOperator;
  readonly value: FilterValue;
}

function compare(record: Matchable, field: FilterField, { operator, value }: Comparison): Truth {
  const actual = valueOf(field, record);
  if (field.kind === 'attribute' && field.type === 'KeywordList') {
    const members = Array.isArray(actual) ? (actual as readonly string[]) : [];
    return members.includes(String(value)) === (operator === '=');
  }
  if (field.kind === 'attribute' && field.type === 'Text') {
    const words = String(record.attributes[wordsKey(field.name)] ?? '').split(' ');
    return wordsOf(String(value)).some((word) => words.includes(word)) === (operator === '=');
  }
  if (actual === undefined || typeof actual === 'object') return undefined;
  const [left, right] = typeof actual === 'boolean' || typeof value === 'boolean' ? [Number(actual), Number(value)] : [actual, value];
  switch (operator) {
    case '=':
      return left === right;
    case '!=':
      return left !== right;
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
  }
}
