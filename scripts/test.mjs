/** `npm test`: installs what is missing, the browser included, and runs everything there is. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from './build.mjs';
import { checks, npx, unitTests } from './checks.mjs';
import { install } from './install.mjs';
import { requireNode, root } from './root.mjs';
import { runSuites, sayTotal } from './suites.mjs';

requireNode();
install({ everything: true });
build({ withTypes: true });
const browser = findBrowser();
const python = preparePython();
prepareOfficialTypeScript();

// Two processors are the least that is counted on: what computes runs beside what mostly waits, each in a row of its own.
const rows = await Promise.all([computing(), waiting()]);
process.exit(sayTotal(rows.flat()));

async function computing() {
  const alone = await runSuites([
    // Its engine and its worker fill both processors, and it has moments to meet.
    { name: 'durability', ...npx('vitest', 'run', '--config', 'vitest.durability.config.ts'), cwd: 'apps/engine', report: 'vitest' },
    ...checks,
    ...unitTests.map((suite) => ({ ...suite, env: { TIDEMARK_SEQUENCES: '10000' } })),
  ]);
  return [alone, await runAgainstEngine(inBrowser)];
}

async function waiting() {
  const alone = await runSuites([
    { name: 'behaviour', ...npx('vitest', 'run', '--config', 'vitest.behaviour.config.ts'), cwd: 'apps/engine', report: 'vitest' },
  ]);
  return [alone, await runAgainstEngine(withSdks)];
}

/** An engine for the suites of one row; what the others do does not show in it. */
async function runAgainstEngine(suitesAgainst) {
  const engine = await startEngine().catch((error) => error);
  if (engine instanceof Error) {
    console.log(`FAIL no engine to test against: ${engine.message}`);
    return { passed: 0, failed: suitesAgainst({ port: 0, uiPort: 0 }).length, skipped: 0 };
  }
  const counts = await runSuites(suitesAgainst(engine));
  await engine.stop();
  return counts;
}

function environmentOf({ port, uiPort }) {
  const address = `127.0.0.1:${port}`;
  return { TIDEMARK_TEST_ADDRESS: address, TIDEMARK_ADDRESS: address, TIDEMARK_CONSOLE_URL: `http://127.0.0.1:${uiPort}` };
}

function withSdks(engine) {
  const env = environmentOf(engine);
  return [
    {
      name: 'SDK against the engine',
      ...npx('vitest', 'run', '--config', 'vitest.e2e.config.ts'),
      cwd: 'packages/sdk',
      env,
      report: 'vitest',
    },
    {
      name: 'official TypeScript SDK',
      command: 'npm',
      args: ['test', '--silent'],
      cwd: 'examples/official-typescript',
      env,
      report: 'exit',
    },
    { name: 'official Python SDK', command: python, args: ['test_orders.py'], cwd: 'examples/official-python', env, report: 'exit' },
  ];
}

function inBrowser(engine) {
  return [
    {
      name: 'console in Chromium',
      // On a machine that does much else a page may miss its moment once. What then passes is told by name and stops nothing.
      ...npx('playwright', 'test', '--config', 'playwright.config.ts', '--retries', '1'),
      cwd: 'e2e',
      env: { ...environmentOf(engine), TIDEMARK_CHROMIUM: browser },
      report: 'playwright',
      // About 120 tests of some four seconds on two idle cores.
      timeoutMs: 25 * 60_000,
    },
  ];
}

/** An engine with its console; each test keeps to its own names. */
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
  const ended = new Promise((resolve) => {
    child.once('exit', resolve);
  });
  // Also when the tests are interrupted: an engine that is left would run on, and its console with it.
  process.once('exit', () => child.kill('SIGTERM'));
  const isReady = await new Promise((resolve) => {
    child.stdout.on('data', (chunk) => String(chunk).includes('ready') && resolve(true));
    child.once('exit', () => resolve(false));
    setTimeout(() => resolve(false), 60_000).unref();
  });
  const stop = async () => {
    child.kill('SIGTERM');
    const force = setTimeout(() => child.kill('SIGKILL'), 10_000);
    await ended;
    clearTimeout(force);
  };
  if (isReady) return { port, uiPort, stop };
  await stop();
  throw new Error('the engine was not ready within a minute, or ended before');
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/**
 * The system's Chromium, Debian's where it may be installed, else the one that Playwright brings. Returns '' for the last.
 * Chromium without windows comes first: the same pages cost it half the processor.
 */
function findBrowser() {
  const known = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
  if (!existsSync(known[0]) && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log('Installing Chromium from the system’s packages …');
    const packages = ['chromium-headless-shell', 'chromium'].map((name) => `apt-get install -y -qq --no-install-recommends ${name}`);
    spawnSync('sh', ['-c', `apt-get update -qq; ${packages.join(' || ')}`], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  }
  const found = known.find(existsSync);
  if (found) return found;
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
