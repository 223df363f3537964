/** Does it, and tells those who watch how fast the page is how long it took; nothing is kept of it. */
export function measured<Result>(name: string, act: () => Result): Result {
  const start = performance.now();
  const result = act();
  tellMeasured(name, performance.now() - start);
  return result;
}

/** The same of what was done in another thread. */
export function tellMeasured(name: string, durationMs: number): void {
  performance.measure(name, { start: performance.now() - durationMs, duration: durationMs });
  performance.clearMeasures(name);
}
