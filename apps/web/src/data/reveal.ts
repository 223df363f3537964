'use client';
import { api, toProblem } from './api-client.ts';
import { fileOf } from './paths.ts';
import type { RunId } from './queries.ts';

/** Writes to the audit that somebody reads a secret of a run. What is in a file leaves the browser for nobody, so nobody is told. */
export async function recordReveal({ namespace, workflowId, runId }: RunId, place: string): Promise<void> {
  if (fileOf(namespace) !== undefined) return;
  try {
    await api.payload.reveal.mutate({ namespace, workflowId, runId, name: place });
  } catch (error) {
    throw new Error(toProblem(error).message, { cause: error });
  }
}
