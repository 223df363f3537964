import type { NamespaceId } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/ports.ts';

/** The list of a namespace under a name: its filters and columns, as the address of the page says them. */
export interface ViewRecord {
  readonly namespaceId: NamespaceId;
  /** Whose it is; empty for one that everybody of the namespace has. */
  readonly owner: string;
  readonly name: string;
  /** What follows the question mark. */
  readonly search: string;
  /** The list opens with it. At most one for each owner. */
  readonly isDefault: boolean;
  readonly changedAt: Instant;
  readonly changedBy: string;
}

export type ViewOwner = Pick<ViewRecord, 'namespaceId' | 'owner'>;

export interface ViewWrite {
  readonly record: ViewRecord;
  /** The name it had before; undefined for a new one. */
  readonly was: string | undefined;
  /** New ones beyond this many of one owner are refused. */
  readonly countMax: number;
}

/** `absent`: there is none of the name it had. `exists`: another one has the new name. */
export type ViewOutcome = 'saved' | 'absent' | 'exists' | 'full';

export interface ViewStore {
  /** Of one owner, by name. */
  list(owner: ViewOwner): Promise<readonly ViewRecord[]>;
  save(write: ViewWrite): Promise<ViewOutcome>;
  /** Does nothing when there is none. */
  delete(view: ViewOwner & Pick<ViewRecord, 'name'>): Promise<void>;
  deleteNamespace(namespaceId: NamespaceId): Promise<void>;
}
