/** Asks a whole engine why a run does not move, as the console's api does. */
import type { Finding, Phrase } from '../../src/api/model/finding.ts';
import { whyRun } from '../../src/api/why/gather-facts.ts';
import { Survey } from '../../src/api/why/survey.ts';
import type { RunName, WholeEngine } from './whole-engine.ts';
import { NAMESPACE } from './whole-engine.ts';

export interface Asked {
  /** How much later, in milliseconds, it is asked as if it were. */
  readonly later?: number;
  /** What any server of the protocol says, and nothing of the engine's own. */
  readonly isForeign?: boolean;
  readonly namespace?: string;
}

export function whyOf(engine: WholeEngine, { workflowId, runId = '' }: RunName, asked: Asked = {}): Promise<readonly Finding[]> {
  const { workflow, tidemark } = engine;
  const ctx = asked.isForeign ? { workflow } : { workflow, tidemark };
  const now = () => Date.now() + (asked.later ?? 0);
  return whyRun(new Survey({ ctx, namespace: asked.namespace ?? NAMESPACE, now }), { workflowId, runId });
}

/** A sentence without its moments, which differ from run to run: `…` stands for each. */
export const textOf = (phrases: readonly Phrase[]): string =>
  phrases.map((phrase) => (typeof phrase === 'string' ? phrase : 'strong' in phrase ? phrase.strong : '…')).join('');
