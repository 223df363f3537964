/** Lists and counts as clients ask for them, and custom search attributes. */
import { api } from '@tidemark/protocol/api';
import type { WorkflowMethods } from '@tidemark/protocol/services';
import type { temporal } from '@tidemark/protocol/types';
import { payloadOf } from './payloads.ts';
import type { WholeEngine } from './whole-engine.ts';
import { NAMESPACE } from './whole-engine.ts';

const { IndexedValueType } = api.enums.v1;
type Info = temporal.api.workflow.v1.IWorkflowExecutionInfo;
type CountResponse = WorkflowMethods['countWorkflowExecutions']['response'];

/** One custom attribute of each type; tests have them in common. */
export const ATTRIBUTES = {
  TestKeyword: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
  TestText: IndexedValueType.INDEXED_VALUE_TYPE_TEXT,
  TestInt: IndexedValueType.INDEXED_VALUE_TYPE_INT,
  TestDouble: IndexedValueType.INDEXED_VALUE_TYPE_DOUBLE,
  TestBool: IndexedValueType.INDEXED_VALUE_TYPE_BOOL,
  TestTime: IndexedValueType.INDEXED_VALUE_TYPE_DATETIME,
  TestList: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD_LIST,
};

export const addAttributes = (engine: WholeEngine) =>
  engine.operator.addSearchAttributes({ namespace: NAMESPACE, searchAttributes: ATTRIBUTES });

export const attributesOf = (values: Readonly<Record<string, unknown>>): temporal.api.common.v1.ISearchAttributes => ({
  indexedFields: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, payloadOf(value)])),
});

/** All pages of a list. */
export async function list(engine: WholeEngine, query: string, pageSize = 1000): Promise<readonly Info[]> {
  const found: Info[] = [];
  let nextPageToken = new Uint8Array();
  do {
    const page = await engine.workflow.listWorkflowExecutions({ namespace: NAMESPACE, query, pageSize, nextPageToken });
    found.push(...page.executions);
    nextPageToken = new Uint8Array(page.nextPageToken);
  } while (nextPageToken.length > 0);
  return found;
}
export const idsOf = (infos: readonly Info[]): readonly string[] => infos.map(({ execution }) => execution?.workflowId ?? '');

export const count = (engine: WholeEngine, query: string): Promise<CountResponse> =>
  engine.workflow.countWorkflowExecutions({ namespace: NAMESPACE, query });
