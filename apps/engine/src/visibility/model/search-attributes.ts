/** Search attributes: which there are, what may be set, and their values in the types they are compared in. */
import { searchAttributeLimits } from '../../kernel/limits.ts';
import { api } from '@tidemark/protocol/api';
import type { temporal } from '@tidemark/protocol/types';
import { instantOf } from './rfc3339.ts';
import { wordsKey, wordsOf } from './words.ts';

/** The types, by the names people write. */
export type AttributeType = 'Bool' | 'Datetime' | 'Double' | 'Int' | 'Keyword' | 'KeywordList' | 'Text';
/** Instants are milliseconds since the epoch. */
export type AttributeValue = string | number | boolean | readonly string[];

type Payload = temporal.api.common.v1.IPayload;
type Attributes = temporal.api.common.v1.ISearchAttributes;

export const systemAttributeTypes = {
  WorkflowId: 'Keyword',
  RunId: 'Keyword',
  WorkflowType: 'Keyword',
  StartTime: 'Datetime',
  ExecutionTime: 'Datetime',
  CloseTime: 'Datetime',
  ExecutionStatus: 'Keyword',
  TaskQueue: 'Keyword',
  HistoryLength: 'Int',
  HistorySizeBytes: 'Int',
  ExecutionDuration: 'Int',
  StateTransitionCount: 'Int',
  ParentWorkflowId: 'Keyword',
  ParentRunId: 'Keyword',
  RootWorkflowId: 'Keyword',
  RootRunId: 'Keyword',
} as const satisfies Record<string, AttributeType>;

/** Stored like custom ones; some of them SDKs set themselves. */
export const predefinedAttributeTypes: Readonly<Record<string, AttributeType>> = {
  TemporalChangeVersion: 'KeywordList',
  BinaryChecksums: 'KeywordList',
  BuildIds: 'KeywordList',
  BatcherNamespace: 'Keyword',
  BatcherUser: 'Keyword',
  TemporalScheduledStartTime: 'Datetime',
  TemporalScheduledById: 'Keyword',
  TemporalSchedulePaused: 'Bool',
  TemporalNamespaceDivision: 'Keyword',
  TemporalPauseInfo: 'KeywordList',
  TemporalReportedProblems: 'KeywordList',
  TemporalWorkerDeployment: 'Keyword',
  TemporalWorkerDeploymentVersion: 'Keyword',
  TemporalWorkflowVersioningBehavior: 'Keyword',
  TemporalUsedWorkerDeploymentVersions: 'KeywordList',
  /** Ours: there while an activity of an open run is being tried again. */
  TidemarkRetrying: 'Bool',
};

/** Predefined, yet written by the server alone. */
const unsettable: ReadonlySet<string> = new Set([
  'TemporalWorkerDeployment',
  'TemporalWorkerDeploymentVersion',
  'TemporalWorkflowVersioningBehavior',
  'TemporalUsedWorkerDeploymentVersions',
  'TidemarkRetrying',
]);

export const isReservedAttribute = (name: string): boolean =>
  Object.hasOwn(systemAttributeTypes, name) || Object.hasOwn(predefinedAttributeTypes, name) || name.startsWith('Temporal');

/** As a namespace knows them. */
export interface AttributeScope {
  readonly name: string;
  readonly searchAttributes: Readonly<Record<string, AttributeType>>;
}

export function attributeTypeOf(name: string, { searchAttributes }: Pick<AttributeScope, 'searchAttributes'>): AttributeType | undefined {
  if (Object.hasOwn(searchAttributes, name)) return searchAttributes[name];
  return Object.hasOwn(predefinedAttributeTypes, name) ? predefinedAttributeTypes[name] : undefined;
}

/** What is wrong with attributes that somebody wants to set, or nothing. */
export function faultOfSearchAttributes({ indexedFields }: Attributes, scope: AttributeScope): string | undefined {
  const entries = Object.entries(indexedFields ?? {});
  if (entries.length > searchAttributeLimits.keys)
    return `number of search attributes ${entries.length} exceeds limit ${searchAttributeLimits.keys}`;
  for (const [name, payload] of entries) {
    if (Object.hasOwn(systemAttributeTypes, name) || unsettable.has(name)) return `${name} attribute can't be set in SearchAttributes`;
    const type = attributeTypeOf(name, scope);
    if (type === undefined) return `Namespace ${scope.name} has no mapping defined for search attribute ${name}`;
    const reason = faultOfValue(payload, type);
    if (reason !== undefined) return `invalid value for search attribute ${name} of type ${type}: ${reason}`;
    const size = payload.data?.length ?? 0;
    if (size > searchAttributeLimits.valueBytes)
      return `search attribute ${name} value size ${size} exceeds size limit ${searchAttributeLimits.valueBytes}`;
  }
  const total = api.common.v1.SearchAttributes.encode({ indexedFields: indexedFields ?? {} }).len;
  return total > searchAttributeLimits.totalBytes
    ? `total size of search attributes ${total} exceeds size limit ${searchAttributeLimits.totalBytes}`
    : undefined;
}

const text = new TextDecoder();
const bytes = new TextEncoder();

function jsonOf(payload: Payload): unknown {
  if (payload.data === null || payload.data === undefined || payload.data.length === 0) return undefined;
  try {
    return JSON.parse(text.decode(payload.data)) as unknown;
  } catch {
    return undefined;
  }
}

export const isNull = (payload: Payload): boolean => jsonOf(payload) === null;

function faultOfValue(payload: Payload, type: AttributeType): string | undefined {
  const encoding = payload.metadata?.['encoding'];
  if (encoding !== undefined && text.decode(encoding) === 'binary/null') return undefined;
  const value = jsonOf(payload);
  if (value === undefined) return 'not valid JSON';
  if (value === null || (Array.isArray(value) && value.length === 0)) return undefined;
  return toValue(value, type) === undefined ? shown(value) : undefined;
}

const SHOWN_MAX = 200;

/** The refused value itself, as people wrote it. */
const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, SHOWN_MAX);

/** Undefined when the value is not of the type. A list of one stands for its member. */
function toValue(given: unknown, type: AttributeType): AttributeValue | undefined {
  const single = Array.isArray(given) && given.length === 1 && type !== 'KeywordList' ? (given[0] as unknown) : given;
  switch (type) {
    case 'Keyword':
    case 'Text':
      return typeof single === 'string' ? single : undefined;
    case 'Bool':
      return typeof single === 'boolean' ? single : undefined;
    case 'Double':
      return typeof single === 'number' ? single : undefined;
    case 'Int':
      return numberOf(single);
    case 'Datetime':
      return typeof single === 'string' ? instantOf(single) : undefined;
    case 'KeywordList': {
      const list: readonly unknown[] = Array.isArray(single) ? single : [single];
      return list.every((one) => typeof one === 'string') ? list : undefined;
    }
  }
}

/** Whole numbers, also where they were sent as text. */
function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) ? number : undefined;
}

const typeNames: ReadonlySet<string> = new Set<AttributeType>(['Bool', 'Datetime', 'Double', 'Int', 'Keyword', 'KeywordList', 'Text']);
const isType = (name: string): name is AttributeType => typeNames.has(name);

/** Values for comparison. What a payload does not say of its type is told by its shape. */
export function attributeValuesOf(fields: Readonly<Record<string, Payload>>): Record<string, AttributeValue> {
  const values: Record<string, AttributeValue> = {};
  for (const [name, payload] of Object.entries(fields)) {
    const json = jsonOf(payload);
    if (json === undefined || json === null) continue;
    const said = payload.metadata?.['type'];
    const typeName = said === undefined ? '' : text.decode(said);
    const type = isType(typeName) ? typeName : (predefinedAttributeTypes[name] ?? shapeOf(json));
    const value = toValue(json, type);
    if (value === undefined) continue;
    values[name] = value;
    if (type === 'Text' && typeof value === 'string') values[wordsKey(name)] = wordsOf(value).join(' ');
  }
  return values;
}

function shapeOf(json: unknown): AttributeType {
  if (typeof json === 'boolean') return 'Bool';
  if (typeof json === 'number') return 'Double';
  return Array.isArray(json) ? 'KeywordList' : 'Keyword';
}

/** Fills in the type that payloads are stored and returned with. */
export function withTypes(attributes: Attributes, scope: AttributeScope): Attributes {
  const typed = Object.entries(attributes.indexedFields ?? {}).map(([name, payload]): [string, Payload] => {
    const type = attributeTypeOf(name, scope);
    if (type === undefined) return [name, payload];
    return [name, { ...payload, metadata: { ...payload.metadata, type: bytes.encode(type) } }];
  });
  return { indexedFields: Object.fromEntries(typed) };
}
