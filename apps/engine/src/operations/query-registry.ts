/** Queries that wait for an answer. They live in memory only: when the engine goes, their callers are told by the broken connection. */
import type { temporal } from '@tidemark/protocol/types';
import type { RunId } from '../kernel/ids.ts';

export type QueryAnswer =
  | { readonly kind: 'answered'; readonly result: temporal.api.common.v1.IPayloads | null | undefined }
  | { readonly kind: 'failed'; readonly message: string; readonly failure: temporal.api.failure.v1.IFailure | null | undefined }
  | { readonly kind: 'tooLarge' }
  /** The workflow task that carried it ended without an answer. */
  | { readonly kind: 'missed' };

export interface PendingQuery {
  readonly id: string;
  readonly query: temporal.api.query.v1.IWorkflowQuery;
  readonly answer: Promise<QueryAnswer>;
  readonly settle: (answer: QueryAnswer) => void;
  /** The worker that has it got it with this workflow task. */
  carriedBy: string | undefined;
}

export class QueryRegistry {
  private readonly buffered = new Map<RunId, Map<string, PendingQuery>>();
  private readonly direct = new Map<string, PendingQuery>();

  create(id: string, query: temporal.api.query.v1.IWorkflowQuery): PendingQuery {
    let settle: PendingQuery['settle'] = () => undefined;
    const answer = new Promise<QueryAnswer>((resolve) => {
      settle = resolve;
    });
    return { id, query, answer, settle, carriedBy: undefined };
  }

  countBuffered(runId: RunId): number {
    return this.buffered.get(runId)?.size ?? 0;
  }

  /** Waits for the run's next workflow task. */
  buffer(runId: RunId, pending: PendingQuery): void {
    const queries = this.buffered.get(runId) ?? new Map<string, PendingQuery>();
    this.buffered.set(runId, queries.set(pending.id, pending));
  }

  unbuffer(runId: RunId, pending: PendingQuery): void {
    const queries = this.buffered.get(runId);
    queries?.delete(pending.id);
    if (queries?.size === 0) this.buffered.delete(runId);
  }

  /** The queries that go out with a workflow task. */
  carry(runId: RunId, task: string): Record<string, temporal.api.query.v1.IWorkflowQuery> {
    const queries = [...(this.buffered.get(runId)?.values() ?? [])];
    for (const pending of queries) pending.carriedBy = task;
    return Object.fromEntries(queries.map((pending) => [pending.id, pending.query]));
  }

  /** The workflow task ended; what it carried is answered or missed. */
  release(runId: RunId, task: string, answers: ReadonlyMap<string, QueryAnswer>): void {
    for (const pending of this.buffered.get(runId)?.values() ?? []) {
      if (pending.carriedBy === task) pending.settle(answers.get(pending.id) ?? { kind: 'missed' });
    }
  }

  /** Handed to a worker by itself, under its own token. */
  addDirect(pending: PendingQuery): void {
    this.direct.set(pending.id, pending);
  }

  findDirect(queryId: string): PendingQuery | undefined {
    return this.direct.get(queryId);
  }

  removeDirect(queryId: string): void {
    this.direct.delete(queryId);
  }
}
