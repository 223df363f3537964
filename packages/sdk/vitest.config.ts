import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Standard decorators must be lowered: no engine parses them yet.
  esbuild: { target: 'node20' },
  resolve: { conditions: ['@tidemark/source'] },
  ssr: { resolve: { conditions: ['@tidemark/source'] } },
  test: { include: ['src/**/*.test.ts', 'test/**/*.test.ts'], exclude: ['test/e2e/**'] },
});
