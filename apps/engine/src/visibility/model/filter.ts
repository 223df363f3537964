/** A parsed list filter: what a query means, with names resolved and values in the type they are compared in. */
export type ComparisonOperator = '=' | '!=' | '<' | '<=' | '>' | '>=';

export type FilterValue = string | number | boolean;

/** A column of the index, or a custom attribute with its type. Instants are milliseconds since the epoch, durations nanoseconds. */
export type FilterField =
  | { readonly kind: 'system'; readonly name: SystemField }
  | {
      readonly kind: 'attribute';
      readonly name: string;
      readonly type: 'Bool' | 'Datetime' | 'Double' | 'Int' | 'Keyword' | 'KeywordList' | 'Text';
    };

export type SystemField =
  | 'WorkflowId'
  | 'RunId'
  | 'WorkflowType'
  | 'StartTime'
  | 'ExecutionTime'
  | 'CloseTime'
  | 'ExecutionStatus'
  | 'TaskQueue'
  | 'HistoryLength'
  | 'HistorySizeBytes'
  | 'ExecutionDuration'
  | 'StateTransitionCount'
  | 'ParentWorkflowId'
  | 'ParentRunId'
  | 'RootWorkflowId'
  | 'RootRunId';

export type Filter =
  | { readonly kind: 'and' | 'or'; readonly operands: readonly Filter[] }
  | { readonly kind: 'not'; readonly operand: Filter }
  | { readonly kind: 'compare'; readonly field: FilterField; readonly operator: ComparisonOperator; readonly value: FilterValue }
  | { readonly kind: 'in'; readonly field: FilterField; readonly values: readonly FilterValue[]; readonly negated: boolean }
  | {
      readonly kind: 'between';
      readonly field: FilterField;
      readonly low: FilterValue;
      readonly high: FilterValue;
      readonly negated: boolean;
    }
  | { readonly kind: 'startsWith'; readonly field: FilterField; readonly prefix: string; readonly negated: boolean }
  | { readonly kind: 'isNull'; readonly field: FilterField; readonly negated: boolean };
