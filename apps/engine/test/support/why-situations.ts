/** Why a run does not move: asked of whole engines, once as ours and once as a server that speaks the protocol alone. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Finding, WhyCode } from '../../src/api/model/finding.ts';
import type { StuckRuns } from './stuck-runs.ts';
import { stuckRuns } from './stuck-runs.ts';
import type { StartedRun, WholeEngine } from './whole-engine.ts';
import { openWholeEngine } from './whole-engine.ts';
import type { Asked } from './why.ts';
import { textOf, whyOf } from './why.ts';

/** Later than any grace, and sooner than any timeout that these runs have. */
export const SOON = 4_000;

export interface Situation {
  readonly code: WhyCode;
  /** Part of the first sentence, with `…` for each moment; runs' own names are left out. */
  readonly says: string;
  readonly action?: string;
  readonly make: (runs: StuckRuns) => Promise<StartedRun>;
  readonly asked?: Asked;
  /** What another server would be told to be the reason, where it is not the same: it says less. */
  readonly foreign?: WhyCode;
}

export const codesOf = (found: readonly Finding[]): readonly WhyCode[] => found.map(({ code }) => code);

/** A test for each, all on one engine, which is for others to ask too. */
export function tellApart(situations: Readonly<Record<string, Situation>>): () => WholeEngine {
  let engine: WholeEngine;
  beforeAll(async () => {
    engine = await openWholeEngine();
  });
  afterAll(() => engine.stop());

  it.for(Object.entries(situations))('%s', async ([_name, { code, says, action, make, asked, foreign }]) => {
    const run = await make(stuckRuns(engine));
    const found = await whyOf(engine, run, asked);
    expect(codesOf(found)).toContain(code);
    const first = found[0];
    expect({ code: first?.code, text: textOf(first?.sentence ?? []) }).toEqual({ code, text: expect.stringContaining(says) });
    expect(first?.evidence.length).toBeGreaterThan(0);
    if (action !== undefined) expect(first?.actions[0]?.kind).toBe(action);
    // The same over the protocol alone, as of a server that is not ours.
    expect((await whyOf(engine, run, { ...asked, isForeign: true }))[0]?.code).toBe(foreign ?? code);
  });
  return () => engine;
}
