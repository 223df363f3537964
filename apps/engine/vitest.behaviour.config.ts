import { defineConfig } from 'vitest/config';

/** What a client of the protocol can see, tried against whole engines; each file has one of its own, and shares nothing else but loaded source. */
export default defineConfig({
  test: { include: ['test/behaviour/**/*.test.ts'], isolate: false, testTimeout: 30_000, hookTimeout: 30_000 },
});
