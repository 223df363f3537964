'use client';
import { api, toProblem } from './api-client.ts';
import { fileOf } from './paths.ts';
interface Holder {
  readonly namespace: string;
  /** Of a run; a schedule stands in the place itself. */
  readonly workflowId?: string;
  readonly runId?: string;
}

/** Writes to the audit that somebody reads a secret. What is in a file leaves the browser for nobody, so nobody is told. */
export async function recordReveal({ namespace, workflowId = '', runId = '' }: Holder, place: string): Promise<void> {
  if (fileOf(namespace) !== undefined) return;
  try {
    await api.payload.reveal.mutate({ namespace, workflowId, runId, name: place });
  } catch (error) {
    throw new Error(toProblem(error).message, { cause: error });
  }
}
