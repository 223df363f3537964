/**
 * `npm run bench:web`: the console's budgets of speed and size, measured in Chromium at a quarter of this machine's speed against a million
 * runs. The first time it generates them, which takes ten minutes and two gigabytes; `-- list run` measures only these groups.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { build } from './build.mjs';
import { install } from './install.mjs';
import { requireNode, root } from './root.mjs';

const RUNS = process.env.TIDEMARK_BENCH_RUNS ?? '1000000';
const SEED = '1';

requireNode();
install({ everything: true });
build({ withTypes: true });
const file = process.env.TIDEMARK_BENCH_DB ?? fixtures();
const engine = await startEngine(file);
const status = await measured(engine);
engine.child.kill('SIGTERM');
process.exit(status);

function fixtures() {
  const folder = join(root, 'node_modules', '.tidemark-fixtures');
  const found = join(folder, `runs-${RUNS}-seed-${SEED}.db`);
  if (existsSync(found)) return found;
  mkdirSync(folder, { recursive: true });
  // Under another name until it is whole, so that what was interrupted is not taken for fixtures.
  const partial = `${found}.${process.pid}`;
  const generator = join(root, 'apps/engine/bench/fixtures/generate.ts');
  const args = ['--import', 'tsx', generator, '--db', partial, '--runs', RUNS, '--seed', SEED];
  console.log(`Generating ${RUNS} runs …`);
  if (spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status !== 0) process.exit(1);
  renameSync(partial, found);
  return found;
}

async function startEngine(db) {
  const [port, httpPort, uiPort] = await Promise.all([freePort(), freePort(), freePort()]);
  const ports = ['--port', port, '--http-port', httpPort, '--ui-port', uiPort].map(String);
  const args = [join(root, 'apps/engine/bin/tidemark.mjs'), 'server', 'start-dev', ...ports, '--db-filename', db, '--log-level', 'error'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const begun = performance.now();
  const isReady = await new Promise((resolve) => {
    child.stdout.on('data', (chunk) => String(chunk).includes('ready') && resolve(true));
    child.once('exit', () => resolve(false));
  });
  if (!isReady) process.exit(1);
  console.log(`The engine was ready after ${((performance.now() - begun) / 1000).toFixed(1)} s.`);
  return { child, port, httpPort, uiPort };
}

function measured({ port, httpPort, uiPort }) {
  const env = {
    ...process.env,
    TIDEMARK_ADDRESS: `127.0.0.1:${port}`,
    TIDEMARK_HTTP_URL: `http://127.0.0.1:${httpPort}`,
    TIDEMARK_CONSOLE_URL: `http://127.0.0.1:${uiPort}`,
    TIDEMARK_BENCH_RUNS: RUNS,
  };
  const args = ['--import', 'tsx', join(root, 'e2e/bench/bench-web.ts'), ...process.argv.slice(2)];
  const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit', env });
  return new Promise((resolve) => {
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
