/** Builds `dist`: one ES module per entry with shared chunks, the script for the sandbox, and the declarations. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('.', import.meta.url));
const dist = path.join(root, 'dist');
const rooms = ['workflow', 'activity', 'client', 'worker', 'replay', 'converter', 'common'];

rmSync(dist, { recursive: true, force: true });
const options = {
  bundle: true,
  format: 'esm',
  target: 'node20',
  keepNames: true,
  sourcemap: true,
  logLevel: 'warning',
  absWorkingDir: root,
};
await build({
  ...options,
  entryPoints: Object.fromEntries(rooms.map((room) => [`${room}/index`, `src/${room}/index.ts`])),
  outdir: 'dist',
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  platform: 'node',
  external: ['@grpc/grpc-js', '@temporalio/proto', 'long', 'esbuild', '@jridgewell/trace-mapping'],
});
// Bundled once more for the sandbox at run time; its target is part of the contract with recorded histories.
await build({ ...options, entryPoints: ['src/worker/realm-entry.ts'], outdir: 'dist/realm', target: 'es2022', platform: 'neutral' });

// Declarations are for who writes code against the SDK; a plain start installs no compiler and needs none.
if (process.env.TIDEMARK_BUILD_TYPES !== 'no') writeDeclarations();

function writeDeclarations() {
  const tsc = path.join(path.dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');
  execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' });
  inlineProtocol(path.join(dist, 'types'));
}

/** The protocol package is not published: its declarations lie beside the SDK's, and are reached by path. */
function inlineProtocol(types) {
  for (const entry of readdirSync(types, { recursive: true, withFileTypes: true })) {
    if (!entry.name.endsWith('.d.ts')) continue;
    const file = path.join(entry.parentPath, entry.name);
    const text = readFileSync(file, 'utf8');
    const toProtocol = path.relative(entry.parentPath, path.join(types, 'protocol', 'src'));
    writeFileSync(
      file,
      text.replace(/(['"])@tidemark\/protocol\/([\w-]+)\1/g, (_match, _quote, name) => `'${toProtocol}/${name}.ts'`),
    );
  }
}
