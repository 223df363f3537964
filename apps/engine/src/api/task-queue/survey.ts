import { StatusCode } from '@tidemark/protocol/errors';
import { closestName } from '../model/why-queue.ts';
import { hasCode, namespaceInput, procedure } from '../procedure.ts';
import { Survey } from '../why/survey.ts';
import { readQueue } from './read-queue.ts';
import type { QueueDescription } from './read-queue.ts';
import { rowsOf } from './rows.ts';
import type { QueueRow } from './rows.ts';

/** So many queues are looked into; those of the most open runs. */
const LOOKED_INTO_MAX = 60;
const WIDTH = 6;

export interface SurveyedQueue extends QueueRow {
  /** Null when it was not looked into. */
  readonly sides: QueueDescription | null;
  /** A polled queue that a slip would turn into this one; null while somebody polls here. */
  readonly closeName: string | null;
}

export interface QueueSurvey {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly rows: readonly SurveyedQueue[];
}

/** The queues that recent runs and workers name, with who polls them and what waits there. */
export const survey = procedure.input(namespaceInput).query(async ({ ctx, input, signal }): Promise<QueueSurvey> => {
  const { namespace } = input;
  const named = await rowsOf(ctx, namespace);
  const looked = new Map<string, QueueDescription>();
  const rest = named.slice(0, LOOKED_INTO_MAX);
  const work = async () => {
    for (let row = rest.shift(); row !== undefined; row = rest.shift()) {
      const sides = await readQueue(ctx, { namespace, queue: row.name, signal }).catch((error: unknown) => {
        // One name that the server refuses must not hide the others.
        if (hasCode(error, StatusCode.INVALID_ARGUMENT, StatusCode.NOT_FOUND)) return undefined;
        throw error;
      });
      if (sides !== undefined) looked.set(row.name, sides);
    }
  };
  await Promise.all(Array.from({ length: WIDTH }, work));
  const isPolled = (name: string) => pollersOf(looked.get(name)) > 0;
  const around = new Survey({ ctx, namespace, now: Date.now, signal });
  const polled = [...new Set([...(await around.polledQueues()), ...[...looked.keys()].filter(isPolled)])];
  return {
    at: around.now,
    rows: named.map((row) => {
      const sides = looked.get(row.name) ?? null;
      return { ...row, sides, closeName: sides === null || isPolled(row.name) ? null : (closestName(row.name, polled) ?? null) };
    }),
  };
});

const pollersOf = (sides: QueueDescription | undefined): number =>
  (sides?.workflow.pollers.length ?? 0) + (sides?.activity.pollers.length ?? 0);
