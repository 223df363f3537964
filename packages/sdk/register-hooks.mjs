/** Loader hooks: TypeScript files pass through esbuild, which lowers decorators; no engine parses them yet. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { transform } from 'esbuild';

const TYPESCRIPT = /\.[cm]?tsx?$/;

export async function load(url, context, next) {
  const path = url.split('?')[0];
  if (!path.startsWith('file:') || !TYPESCRIPT.test(path)) return next(url, context);
  const file = fileURLToPath(path);
  const { code } = await transform(await readFile(file, 'utf8'), {
    loader: file.endsWith('x') ? 'tsx' : 'ts',
    format: 'esm',
    target: 'node20',
    sourcefile: file,
    sourcemap: 'inline',
    keepNames: true,
  });
  return { format: 'module', source: code, shortCircuit: true };
}
