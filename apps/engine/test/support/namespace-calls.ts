/** Namespaces of a test's own. */
import { randomUUID } from 'node:crypto';
import { toDuration } from '@tidemark/protocol/time';
import type { WholeEngine } from './whole-engine.ts';

const DAY_MS = 86_400_000;

/** The name of a new namespace that keeps closed runs for a day. */
export async function registerNamespace(engine: WholeEngine, name: string = randomUUID()): Promise<string> {
  await engine.workflow.registerNamespace({ namespace: name, workflowExecutionRetentionPeriod: toDuration(DAY_MS) });
  return name;
}
