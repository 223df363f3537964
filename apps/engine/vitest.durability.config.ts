import { defineConfig } from 'vitest/config';

/** Real processes, killed for real: few tests, each long. */
export default defineConfig({
  test: {
    include: ['test/durability/**/*.test.ts', 'test/robustness/**/*.test.ts'],
    testTimeout: 300_000,
    hookTimeout: 30_000,
    fileParallelism: false,
  },
});
