import type { NamespaceId } from '../../kernel/ids.ts';

/** A schedule as the store knows it: its ids, and a state that is opaque to it. */
export interface ScheduleRecord {
  readonly namespaceId: NamespaceId;
  readonly scheduleId: string;
  /** Raised by one with every change; the first is 1. */
  readonly version: number;
  readonly state: Uint8Array;
}

export interface ScheduleStore {
  /** 'conflict' when the stored version is not `record.version - 1`; a new schedule has none. */
  write(record: ScheduleRecord): Promise<'written' | 'conflict'>;
  find(namespaceId: NamespaceId, scheduleId: string): Promise<ScheduleRecord | undefined>;
  /** In the order of their ids; `after` is the last id of the page before. */
  list(page: { readonly namespaceId: NamespaceId; readonly after?: string; readonly sizeMax: number }): Promise<readonly ScheduleRecord[]>;
  /** All there are, in the order of namespace and id. */
  scan(page: {
    readonly after?: Pick<ScheduleRecord, 'namespaceId' | 'scheduleId'>;
    readonly sizeMax: number;
  }): Promise<readonly ScheduleRecord[]>;
  /** Does nothing when it is gone already. */
  delete(namespaceId: NamespaceId, scheduleId: string): Promise<void>;
}
