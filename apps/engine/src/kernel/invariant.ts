/** Thrown when the engine's own code is wrong. It fails the request, is counted, and is never retried. */
export class InvariantError extends Error {
  override readonly name = 'InvariantError';
}

/** States what must hold, as a sentence. */
export function invariant(condition: unknown, sentence: string): asserts condition {
  if (!condition) throw new InvariantError(sentence);
}
