import { defineConfig } from 'vitest/config';

/**
 * What a client of the protocol can see, tried against whole engines; each file has one of its own, and shares nothing else but loaded source.
 * Most of them wait for something to fall due, so there are more of them at once than processors.
 */
export default defineConfig({
  test: { include: ['test/behaviour/**/*.test.ts'], isolate: false, maxWorkers: 3, testTimeout: 30_000, hookTimeout: 30_000 },
});
