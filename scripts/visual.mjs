/**
 * `npm run visual`: what every page looks like, light, dark, compact and on a phone, against the pictures that are kept. `-- --update` keeps
 * new ones; anything else is handed on, `-- --project light --grep run`.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { build } from './build.mjs';
import { install } from './install.mjs';
import { requireNode, root } from './root.mjs';

/** gRPC, HTTP and console of one engine, and of another that asks for a key. */
const PORTS = 6;

requireNode();
install({ everything: true });
build({ withTypes: true });
const port = await freeRange();
const world = await startWorld();
const status = await compared();
world.kill('SIGTERM');
if (process.argv.includes('--update')) squeeze();
process.exit(status);

async function startWorld() {
  const args = ['--import', 'tsx', join(root, 'e2e/visual/world/serve.ts'), String(port)];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  const isReady = await new Promise((resolve) => {
    child.stdout.on('data', (chunk) => String(chunk).includes('ready') && resolve(true));
    child.once('exit', () => resolve(false));
  });
  if (!isReady) process.exit(1);
  return child;
}

function compared() {
  const env = {
    ...process.env,
    TIDEMARK_ADDRESS: `127.0.0.1:${port}`,
    TIDEMARK_CONSOLE_URL: `http://127.0.0.1:${port + 2}`,
    TIDEMARK_SIGN_IN_URL: `http://127.0.0.1:${port + 5}`,
  };
  const own = process.argv.slice(2);
  const more = own.flatMap((arg) => (arg === '--update' ? ['--update-snapshots', 'all'] : [arg]));
  const args = ['--no-install', 'playwright', 'test', '--config', 'visual/playwright.config.ts', ...more];
  const child = spawn('npx', args, { cwd: join(root, 'e2e'), stdio: 'inherit', env });
  return new Promise((resolve) => {
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

/** As the browser writes them they are three times as large. */
function squeeze() {
  spawnSync(process.execPath, ['--import', 'tsx', join(root, 'e2e/visual/squeeze.ts')], { cwd: root, stdio: 'inherit' });
}

/** The first of as many ports in a row that nobody has. */
async function freeRange() {
  for (let tries = 0; tries < 50; tries += 1) {
    const first = await portOf(0);
    const all = await Promise.all(Array.from({ length: PORTS }, (_, at) => portOf(first + at).catch(() => undefined)));
    if (!all.includes(undefined)) return first;
  }
  throw new Error('no six ports in a row are free');
}

function portOf(wanted) {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(wanted, '127.0.0.1', () => {
      const { port: found } = server.address();
      server.close(() => resolve(found));
    });
  });
}
