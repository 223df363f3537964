/** Recorded histories as JSON files. */
import { readFileSync } from 'node:fs';
import { api } from '@tidemark/protocol/api';
import type { temporal } from '@tidemark/protocol/types';

type History = temporal.api.history.v1.IHistory;

export function readHistory(name: string): {
  readonly workflowId: string;
  readonly runId: string;
  readonly events: readonly temporal.api.history.v1.IHistoryEvent[];
} {
  const { workflowId, runId, history } = JSON.parse(readFileSync(new URL(`./histories/${name}.json`, import.meta.url), 'utf8')) as {
    workflowId: string;
    runId: string;
    history: object;
  };
  return { workflowId, runId, events: api.history.v1.History.fromObject(history).events };
}

export function toFile(of: { readonly workflowId: string; readonly runId: string }, history: History): string {
  const object = api.history.v1.History.toObject(api.history.v1.History.fromObject(history), {
    enums: String,
    longs: String,
    bytes: String,
  });
  return `${JSON.stringify({ ...of, history: object }, null, 1)}\n`;
}
