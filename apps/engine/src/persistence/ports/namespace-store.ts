import type { NamespaceId } from '../../kernel/ids.ts';
import type { Duration } from '../../kernel/ports.ts';

/** The types of search attributes, by the names people write. */
export type AttributeType = 'Bool' | 'Datetime' | 'Double' | 'Int' | 'Keyword' | 'KeywordList' | 'Text';

export interface NamespaceRecord {
  readonly id: NamespaceId;
  readonly name: string;
  readonly description: string;
  readonly ownerEmail: string;
  readonly data: Readonly<Record<string, string>>;
  /** The number of the protocol's NamespaceState. */
  readonly state: number;
  readonly retention: Duration;
  /** Custom search attributes by name. */
  readonly searchAttributes: Readonly<Record<string, AttributeType>>;
  /** Raised by one with every change. */
  readonly version: number;
}

export interface NamespaceStore {
  /** 'exists' when the name or the id is taken. */
  create(record: NamespaceRecord): Promise<'created' | 'exists'>;
  /** 'conflict' when the stored version is not `record.version - 1`. */
  replace(record: NamespaceRecord): Promise<'replaced' | 'conflict'>;
  findByName(name: string): Promise<NamespaceRecord | undefined>;
  findById(id: NamespaceId): Promise<NamespaceRecord | undefined>;
  /** In the order of their names; `after` is the last name of the page before. */
  list(page: { readonly after?: string; readonly sizeMax: number }): Promise<readonly NamespaceRecord[]>;
}
