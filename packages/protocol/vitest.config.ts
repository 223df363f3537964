import { defineConfig } from 'vitest/config';

/**
 * Files share one realm: loading the source and the protocol anew for each cost more than all the tests. A test leaves nothing behind that
 * another could meet.
 */
export default defineConfig({ test: { include: ['src/**/*.test.ts'], isolate: false } });
