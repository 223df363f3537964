import { toPayload } from '../converter/payload.ts';
import { requireRun, traceHere } from './run.ts';
import type { WorkflowRun } from './run.ts';

/**
 * True in runs that reach this place with the new code, false in runs that passed it before the patch existed.
 * The answer stays for the rest of the run unless `memoize` is false.
 */
export function patched(id: string, options: { readonly memoize?: boolean } = {}): boolean {
  const run = requireRun();
  const known = run.knownPatches.get(id);
  if (known !== undefined && (known || options.memoize !== false)) return known;
  const answer = !run.activation.replaying || run.presentPatches.has(id);
  run.knownPatches.set(id, answer);
  if (answer) ask(run, id, false);
  return answer;
}

/** Says that no run from before the patch is left, which lets its old branch be deleted. */
export function deprecatePatch(id: string): void {
  const run = requireRun();
  if (run.activation.replaying && !run.presentPatches.has(id)) return;
  ask(run, id, true);
}

function ask(run: WorkflowRun, id: string, deprecated: boolean): void {
  if (run.askedPatches.has(id)) return;
  run.emit({ kind: 'patch', id, deprecated, known: [...run.askedPatches, id], trace: traceHere(deprecated ? deprecatePatch : patched) });
  run.askedPatches.add(id);
}

/** A value made once, by code that need not be deterministic, and recorded in history. */
export function sideEffect<Value>(name: string, make: () => Value): Value {
  const run = requireRun();
  run.requireWritable('a side effect');
  const ordinal = (run.sideEffectOrdinals.get(name) ?? 0) + 1;
  run.sideEffectOrdinals.set(name, ordinal);
  const recorded = run.sideEffects.get(`${name}/${ordinal}`);
  const value = recorded ?? toPayload(run.converter, make());
  run.emit({ kind: 'sideEffect', name, ordinal, value, trace: traceHere(sideEffect) });
  // Read back even when fresh, so that what the first execution sees is what every replay sees; the caller's type is that of `make`.
  return run.converter.fromPayload(value) as Value;
}
