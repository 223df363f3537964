import type { SavedView, ViewOutcome } from '../../api/model/tidemark-service.ts';
import type { NamespaceId } from '../../kernel/ids.ts';

/** The list of a namespace under a name: its filters and columns, as the address of the page says them. */
export interface ViewRecord extends SavedView {
  readonly namespaceId: NamespaceId;
  /** Whose it is; empty for one that everybody of the namespace has. */
  readonly owner: string;
}

export type ViewOwner = Pick<ViewRecord, 'namespaceId' | 'owner'>;

export interface ViewWrite {
  readonly record: ViewRecord;
  /** The name it had before; undefined for a new one. */
  readonly was: string | undefined;
  /** New ones beyond this many of one owner are refused. */
  readonly countMax: number;
}

export interface ViewStore {
  /** Of one owner, by name. */
  list(owner: ViewOwner): Promise<readonly ViewRecord[]>;
  save(write: ViewWrite): Promise<ViewOutcome>;
  /** Does nothing when there is none. */
  delete(view: ViewOwner & Pick<ViewRecord, 'name'>): Promise<void>;
  deleteNamespace(namespaceId: NamespaceId): Promise<void>;
}
