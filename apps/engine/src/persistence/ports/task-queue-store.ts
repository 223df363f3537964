import type { NamespaceId } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/ports.ts';

/** What people have set for a task queue. */
export interface TaskQueueConfig {
  readonly namespaceId: NamespaceId;
  readonly kind: 'workflow' | 'activity';
  readonly name: string;
  /** Of the whole queue. */
  readonly rateLimit?: SetRate;
  /** Of each fairness key of weight 1; others have more or less in proportion. */
  readonly keyRateLimit?: SetRate;
  /** In place of the weights that tasks bring. */
  readonly fairnessWeights?: Readonly<Record<string, number>>;
}

/** Who set a rate or took it away last; without a number when it was taken away. Absent when nobody ever did. */
export interface SetRate {
  readonly perSecond?: number;
  readonly reason: string;
  readonly identity: string;
  readonly at: Instant;
}

export interface TaskQueueStore {
  /** Replaces what was set before. */
  put(config: TaskQueueConfig): Promise<void>;
  find(queue: Pick<TaskQueueConfig, 'namespaceId' | 'kind' | 'name'>): Promise<TaskQueueConfig | undefined>;
  /** All there are; they are few. */
  all(): Promise<readonly TaskQueueConfig[]>;
}
