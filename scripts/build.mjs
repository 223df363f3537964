/** Builds the packages whose sources changed since their last build. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';

/** What no build reads, and what builds write. */
const ignored = new Set(['node_modules', 'dist', '.next', '.turbo', 'test', 'bench', 'test-results', 'next-env.d.ts']);

/** In the order in which they need each other. `inputs` are folders, `proof` is what a build leaves. */
const packages = [
  { name: '@tidemark/sdk', title: 'the SDK', inputs: ['packages/sdk', 'packages/protocol'], proof: 'packages/sdk/dist' },
  {
    name: '@tidemark/engine',
    title: 'the engine',
    inputs: ['apps/engine', 'packages/protocol', 'prisma'],
    proof: 'apps/engine/dist/tidemark.js',
  },
  {
    name: '@tidemark/web',
    title: 'the console',
    inputs: [
      'apps/web',
      'apps/engine/src/history/model',
      'apps/engine/src/schedules/model',
      'packages/protocol',
      'packages/sdk/src/replay',
    ],
    proof: 'apps/web/.next/BUILD_ID',
  },
];

function* files(path) {
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    if (ignored.has(entry.name) || /\.(test\.tsx?|md)$/.test(entry.name)) continue;
    const child = join(path, entry.name);
    if (entry.isDirectory()) yield* files(child);
    else yield child;
  }
}

function fingerprint(inputs) {
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')));
  for (const input of inputs) {
    for (const file of files(join(root, input))) {
      if (statSync(file).isFile()) hash.update(file.slice(root.length)).update(readFileSync(file));
    }
  }
  return hash.digest('hex');
}

/** Ends the process when a build fails; its output is shown then. Declarations need the compiler, which a plain start does not install. */
export function build({ withTypes }) {
  const stamps = join(root, 'node_modules', '.tidemark-build');
  mkdirSync(stamps, { recursive: true });
  for (const { name, title, inputs, proof } of packages) {
    const stamp = join(stamps, name.replace('/', '-'));
    const now = `${fingerprint(inputs)}${withTypes ? '+types' : ''}`;
    const isFresh = existsSync(join(root, proof)) && existsSync(stamp) && readFileSync(stamp, 'utf8').startsWith(now);
    if (isFresh) continue;
    const begun = Date.now();
    process.stdout.write(`Building ${title} … `);
    const { status, stdout, stderr } = spawnSync('npm', ['run', 'build', '-w', name, '--silent'], {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, ...(withTypes ? {} : { TIDEMARK_BUILD_TYPES: 'no' }) },
    });
    if (status !== 0) {
      console.log('failed');
      console.error(stdout, stderr);
      process.exit(1);
    }
    writeFileSync(stamp, now);
    console.log(`${((Date.now() - begun) / 1000).toFixed(1)} s`);
  }
}
