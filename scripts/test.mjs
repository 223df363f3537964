/** `npm test`: installs what is missing, the browser included, and runs everything there is. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from './build.mjs';
import { checks, unitTests } from './checks.mjs';
import { install } from './install.mjs';
import { requireNode, root } from './root.mjs';
import { runSuites } from './suites.mjs';

requireNode();
install({ everything: true });
build({ withTypes: true });
const browser = findBrowser();
const python = preparePython();
prepareOfficialTypeScript();

const npx = (...args) => ({ command: 'npx', args: ['--no-install', ...args] });
const engine = await startEngine();
const address = `127.0.0.1:${engine.port}`;
const againstEngine = {
  TIDEMARK_TEST_ADDRESS: address,
  TIDEMARK_ADDRESS: address,
  TIDEMARK_CONSOLE_URL: `http://127.0.0.1:${engine.uiPort}`,
};
const total = await runSuites([
  ...checks,
  ...unitTests,
  { name: 'durability', ...npx('vitest', 'run', '--config', 'vitest.durability.config.ts'), cwd: 'apps/engine', report: 'vitest' },
  {
    name: 'SDK against the engine',
    ...npx('vitest', 'run', '--config', 'vitest.e2e.config.ts'),
    cwd: 'packages/sdk',
    env: againstEngine,
    report: 'vitest',
  },
  {
    name: 'official TypeScript SDK',
    command: 'npm',
    args: ['test', '--silent'],
    cwd: 'examples/official-typescript',
    env: againstEngine,
    report: 'exit',
  },
  {
    name: 'official Python SDK',
    command: python,
    args: ['test_orders.py'],
    cwd: 'examples/official-python',
    env: againstEngine,
    report: 'exit',
  },
  {
    name: 'console in Chromium',
    ...npx('playwright', 'test', '--config', 'playwright.config.ts'),
    cwd: 'e2e',
    env: { ...againstEngine, TIDEMARK_CHROMIUM: browser },
    report: 'playwright',
  },
]);
await engine.stop();
console.log(`${total.passed} passed, ${total.failed} failed${total.skipped ? `, ${total.skipped} skipped` : ''}`);
process.exit(total.failed === 0 ? 0 : 1);

/** One engine with its console for all suites that need a server; each test keeps to its own names. */
async function startEngine() {
  const [port, httpPort, uiPort] = await Promise.all([freePort(), freePort(), freePort()]);
  const file = join(mkdtempSync(join(tmpdir(), 'tidemark-test-')), 'test.db');
  const args = [
    'server',
    'start-dev',
    '--port',
    port,
    '--http-port',
    httpPort,
    '--ui-port',
    uiPort,
    '--db-filename',
    file,
    '--namespace',
    'second',
    '--log-level',
    'error',
  ];
  const child = spawn(process.execPath, [join(root, 'apps/engine/bin/tidemark.mjs'), ...args.map(String)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise((resolve, reject) => {
    child.stdout.on('data', (chunk) => String(chunk).includes('ready') && resolve());
    child.once('exit', (code) => reject(new Error(`the engine ended with code ${code} before it was ready`)));
  });
  child.removeAllListeners('exit');
  return {
    port,
    uiPort,
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', resolve);
        child.kill('SIGTERM');
      }),
  };
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** The system's Chromium, Debian's where it may be installed, else the one that Playwright brings. Returns '' for the last. */
function findBrowser() {
  const known = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
  const found = known.find(existsSync);
  if (found) return found;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log('Installing Chromium from the system’s packages …');
    spawnSync('sh', ['-c', 'apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium'], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
    if (existsSync(known[0])) return known[0];
  }
  console.log('Installing the browser that Playwright brings …');
  if (spawnSync('npx', ['--no-install', 'playwright', 'install', 'chromium'], { cwd: join(root, 'e2e'), stdio: 'inherit' }).status === 0)
    return '';
  console.error('No Chromium was found and none could be installed; install one, for example with "apt-get install chromium".');
  return process.exit(1);
}

function preparePython() {
  const folder = join(root, 'examples/official-python');
  const interpreter = join(folder, '.venv/bin/python');
  if (existsSync(interpreter) && spawnSync(interpreter, ['-c', 'import temporalio']).status === 0) return interpreter;
  console.log('Installing the official Python SDK …');
  spawnSync('python3', ['-m', 'venv', '.venv'], { cwd: folder, stdio: 'inherit' });
  spawnSync(interpreter, ['-m', 'pip', 'install', '-q', '--disable-pip-version-check', '-r', 'requirements.txt'], {
    cwd: folder,
    stdio: 'inherit',
  });
  return interpreter;
}

function prepareOfficialTypeScript() {
  const folder = join(root, 'examples/official-typescript');
  if (existsSync(join(folder, 'node_modules/@temporalio/worker'))) return;
  console.log('Installing the official TypeScript SDK …');
  spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: folder, stdio: 'inherit' });
}
