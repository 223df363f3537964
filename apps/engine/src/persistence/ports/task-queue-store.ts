import type { NamespaceId } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/ports.ts';

/** What people have set for a task queue. */
export interface TaskQueueConfig {
  readonly namespaceId: NamespaceId;
  readonly kind: 'workflow' | 'activity';
  readonly name: string;
  /** Who set or took away the limit last; without a number when the queue has none of its own. Absent when nobody ever did. */
  readonly rateLimit?: { readonly perSecond?: number; readonly reason: string; readonly identity: string; readonly at: Instant };
}

export interface TaskQueueStore {
  /** Replaces what was set before. */
  put(config: TaskQueueConfig): Promise<void>;
  find(queue: Pick<TaskQueueConfig, 'namespaceId' | 'kind' | 'name'>): Promise<TaskQueueConfig | undefined>;
  /** All there are; they are few. */
  all(): Promise<readonly TaskQueueConfig[]>;
}
