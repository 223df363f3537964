import { transform } from 'esbuild';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

/** Standard decorators must be lowered, since no engine parses them yet; and activities are known by their functions' names, which Vite's own transform does not keep. */
const typescript: Plugin = {
  name: 'typescript-with-names',
  enforce: 'pre',
  async transform(code, id) {
    if (!id.endsWith('.ts')) return undefined;
    const result = await transform(code, {
      loader: 'ts',
      format: 'esm',
      target: 'node20',
      sourcefile: id,
      sourcemap: true,
      keepNames: true,
    });
    return { code: result.code, map: result.map };
  },
};

/** Files share one realm, as loading the source anew for each costs more than the tests; workflows have realms of their own in any case. */
export default defineConfig({
  plugins: [typescript],
  esbuild: false,
  resolve: { conditions: ['@tidemark/source'] },
  ssr: { resolve: { conditions: ['@tidemark/source'] } },
  test: { include: ['src/**/*.test.ts', 'test/**/*.test.ts'], exclude: ['test/e2e/**'], isolate: false },
});
