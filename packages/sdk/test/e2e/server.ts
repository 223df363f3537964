/** A client of the server under test, and workers on task queues of their own. */
import { randomUUID } from 'node:crypto';
import { Client } from '../../src/client/client.ts';
import { loggerFrom } from '../../src/common/logger.ts';
import type { WorkerOptions } from '../../src/worker/worker.ts';
import { Worker } from '../../src/worker/worker.ts';

export const address = process.env['TIDEMARK_TEST_ADDRESS'] ?? '127.0.0.1:7233';
export const connect = (): Promise<Client> => Client.connect(address);
export const silent = loggerFrom(() => undefined);
export const uniqueQueue = (): string => `sdk-e2e-${randomUUID()}`;

export function startWorker(options: Omit<WorkerOptions, 'logger'>): Promise<Worker> {
  return Worker.start({ ...options, logger: silent });
}

const STEP_MS = 25;

/** Asks until the answer is there; throws after 15 s. */
export async function eventually<Value>(ask: () => Promise<Value | undefined>): Promise<Value> {
  const deadline = Date.now() + 15_000;
  let last: unknown;
  while (Date.now() < deadline) {
    try {
      const value = await ask();
      if (value !== undefined) return value;
    } catch (error) {
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, STEP_MS));
  }
  throw new Error(`nothing came within 15 s: ${String(last)}`);
}
