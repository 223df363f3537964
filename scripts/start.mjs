/** `npm start`: installs and builds what is missing, then runs engine, console and sample worker until Ctrl-C. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { build } from './build.mjs';
import { install } from './install.mjs';
import { requireNode, root } from './root.mjs';

requireNode();
const begun = Date.now();
install({ everything: false });
build({ withTypes: false });

const children = [];
/** Where the engine said it listens. */
let address = '127.0.0.1:7233';
let stopping = false;

/** Each child ends with the whole; an end of its own ends the whole too. */
function run(name, args, { cwd, env = {}, onLine }) {
  const child = spawn(process.execPath, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  let rest = '';
  child.stdout.on('data', (chunk) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line);
  });
  child.on('exit', (code) => {
    if (stopping) return;
    console.error(`${name} ended with code ${code}.`);
    stop(1);
  });
  return child;
}

function stop(code) {
  if (stopping) return;
  stopping = true;
  let left = children.filter((child) => child.exitCode === null && child.signalCode === null);
  if (left.length === 0) process.exit(code);
  const force = setTimeout(() => left.forEach((child) => child.kill('SIGKILL')), 8000);
  for (const child of left) {
    child.on('exit', () => {
      left = left.filter((one) => one !== child);
      if (left.length > 0) return;
      clearTimeout(force);
      process.exit(code);
    });
    child.kill('SIGTERM');
  }
}
process.on('SIGINT', () => stop(0));
process.on('SIGTERM', () => stop(0));

/** Log lines begin with their time; everything else is said to people. */
const isLog = (line) => /^\d{4}-\d\d-\d\dT/.test(line);

run(
  'The engine',
  [
    join(root, 'apps/engine/bin/tidemark.mjs'),
    'server',
    'start-dev',
    '--db-filename',
    join(root, 'tidemark.db'),
    '--log-level',
    'warn',
    ...process.argv.slice(2),
  ],
  {
    cwd: root,
    onLine: (line) => {
      address = /^gRPC +(\S+)/.exec(line)?.[1] ?? address;
      if (line === 'ready') startWorker();
      else console.log(line);
    },
  },
);

function startWorker() {
  run('The sample worker', ['--import', '@tidemark/sdk/register', 'worker.ts'], {
    cwd: join(root, 'examples/order-system'),
    env: { TIDEMARK_ADDRESS: address },
    onLine: (line) => {
      if (isLog(line)) return;
      if (!/ready/i.test(line)) return console.log(line);
      console.log('Worker   task queue "orders", the order system in examples/order-system');
      console.log(`ready    after ${((Date.now() - begun) / 1000).toFixed(1)} s; Ctrl-C ends everything`);
    },
  });
}
