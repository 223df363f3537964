// Builds the `tidemark` command: one file of our own code, its dependencies beside it in node_modules.
import { cpSync, rmSync } from 'node:fs';
import { build } from 'esbuild';

rmSync('dist', { recursive: true, force: true });
await build({
  entryPoints: ['src/main.ts'],
  outfile: 'dist/tidemark.js',
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  sourcemap: true,
  logLevel: 'warning',
  // Our packages are TypeScript and go in; everything else is installed.
  plugins: [
    {
      name: 'installed',
      setup: (run) =>
        run.onResolve({ filter: /^[^.]/ }, ({ path, kind }) =>
          kind === 'entry-point' || path.startsWith('@tidemark/') ? undefined : { path, external: true },
        ),
    },
  ],
});
cpSync('../../prisma/migrations', 'dist/migrations', { recursive: true });
