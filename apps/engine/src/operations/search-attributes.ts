/** Custom search attributes of a namespace: add, list, remove. */
import { api } from '@tidemark/protocol/api';
import type { OperatorMethods } from '@tidemark/protocol/services';
import type { AttributeType } from '../persistence/ports/namespace-store.ts';
import { isReservedAttribute, predefinedAttributeTypes, systemAttributeTypes } from '../visibility/model/search-attributes.ts';
import type { Engine } from './engine.ts';
import { changeNamespace, requireNamespace } from './namespaces.ts';
import { invalid } from './validate.ts';

const { IndexedValueType } = api.enums.v1;
type Request<Method extends keyof OperatorMethods> = OperatorMethods[Method]['request'];

const typesByNumber: ReadonlyMap<number, AttributeType> = new Map([
  [IndexedValueType.INDEXED_VALUE_TYPE_TEXT, 'Text'],
  [IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD, 'Keyword'],
  [IndexedValueType.INDEXED_VALUE_TYPE_INT, 'Int'],
  [IndexedValueType.INDEXED_VALUE_TYPE_DOUBLE, 'Double'],
  [IndexedValueType.INDEXED_VALUE_TYPE_BOOL, 'Bool'],
  [IndexedValueType.INDEXED_VALUE_TYPE_DATETIME, 'Datetime'],
  [IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD_LIST, 'KeywordList'],
]);
const numbersByType = new Map<AttributeType, number>([...typesByNumber].map(([number, type]) => [type, number]));

const toNumbers = (types: Readonly<Record<string, AttributeType>>): Record<string, number> =>
  Object.fromEntries(Object.entries(types).map(([name, type]) => [name, numbersByType.get(type) ?? 0]));

/** A name that exists already is left as it is. */
export async function addSearchAttributes(engine: Engine, request: Request<'addSearchAttributes'>): Promise<object> {
  const asked = Object.entries(request.searchAttributes ?? {});
  if (!request.namespace) throw invalid('Namespace is not set on request.');
  if (asked.length === 0) throw invalid('SearchAttributes are not set on request.');
  const added: Record<string, AttributeType> = {};
  for (const [name, number] of asked) {
    if (isReservedAttribute(name)) throw invalid(`Search attribute ${name} is reserved by system.`);
    const type = typesByNumber.get(number);
    if (type === undefined) throw invalid(`Unknown search attribute type: ${number}.`);
    added[name] = type;
  }
  await changeNamespace(engine, request.namespace, (record) => ({ ...record, searchAttributes: { ...added, ...record.searchAttributes } }));
  return {};
}

export async function removeSearchAttributes(engine: Engine, request: Request<'removeSearchAttributes'>): Promise<object> {
  const names = request.searchAttributes ?? [];
  if (!request.namespace) throw invalid('Namespace is not set on request.');
  const reserved = names.filter(isReservedAttribute);
  if (reserved.length > 0) throw invalid(`Unable to remove non-custom search attributes: ${reserved.join(', ')}.`);
  await changeNamespace(engine, request.namespace, (record) => ({
    ...record,
    searchAttributes: Object.fromEntries(Object.entries(record.searchAttributes).filter(([name]) => !names.includes(name))),
  }));
  return {};
}

export async function listSearchAttributes(engine: Engine, request: Request<'listSearchAttributes'>): Promise<object> {
  const namespace = request.namespace ? await requireNamespace(engine, request.namespace) : undefined;
  return {
    customAttributes: toNumbers(namespace?.searchAttributes ?? {}),
    systemAttributes: toNumbers({ ...systemAttributeTypes, ...predefinedAttributeTypes }),
    storageSchema: {},
  };
}

/** The older form, without a namespace of its own. */
export async function getSearchAttributes(engine: Engine): Promise<object> {
  const all = await engine.store.namespaces.list({ sizeMax: 1000 });
  return {
    keys: toNumbers(
      Object.assign({}, systemAttributeTypes, predefinedAttributeTypes, ...all.map(({ searchAttributes }) => searchAttributes)) as Record<
        string,
        AttributeType
      >,
    ),
  };
}
