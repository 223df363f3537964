/**
 * The world of the pictures: an engine with its console whose clock is moved by hand, a day played in it, and time standing still at the end.
 * `node --import tsx e2e/visual/world/serve.ts PORT` serves gRPC at PORT, the console at PORT + 2, and at PORT + 5 one that asks for a key;
 * it says `ready` when everything has happened, and stays until it is ended.
 */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { connect } from '@tidemark/protocol/client';
import { runFakeWorker } from '../../fixtures/fake-worker.ts';
import { dayOfOrders, singleStories } from './crowd-stories.ts';
import { deploymentStory, FLEET } from './deployment-story.ts';
import { estateStories } from './estate-stories.ts';
import { handlers } from './handlers.ts';
import { FROM, NOW } from './moment.ts';
import { orderStory } from './order-story.ts';
import { NAMESPACE, World } from './world.ts';

const BIN = fileURLToPath(new URL('../../../apps/engine/bin/tidemark.mjs', import.meta.url));
const CLOCK = new URL('stepped-clock.mjs', import.meta.url).href;
const ATTRIBUTES = ['OrderStatus=Keyword', 'Region=Keyword', 'Customer=Keyword'];

const port = Number(process.argv[2]);
if (!Number.isInteger(port)) throw new Error('which port?');
const folder = await mkdtemp(join(tmpdir(), 'tidemark-visual-'));
const engine = serve(port, [
  '--db-filename',
  join(folder, 'world.db'),
  '--namespace',
  NAMESPACE,
  '--namespace',
  'empty',
  '--namespace',
  FLEET,
  '--environment',
  'prod=red',
  ...ATTRIBUTES.flatMap((one) => ['--search-attribute', one]),
]);
const guarded = serve(port + 3, ['--api-keys', await keysFile()]);
await Promise.all([untilReady(engine), untilReady(guarded)]);

const connection = connect({ address: `127.0.0.1:${port}` });
const stop = new AbortController();
try {
  const world = new World(connection, engine, `http://127.0.0.1:${port + 1}/trpc`);
  const begun = performance.now();
  await world.play([...estateStories(world), deploymentStory(world), ...dayOfOrders(world), ...singleStories(world), orderStory(world)]);
  await world.until(NOW);
  const workers = handlers(connection).map((worker) => runFakeWorker(worker, stop.signal));
  console.log(`a day in ${((performance.now() - begun) / 1000).toFixed(1)} s`);
  console.log('ready');
  await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT'), once(engine, 'exit')]);
  stop.abort();
  await Promise.all(workers);
} finally {
  connection.close();
  for (const child of [engine, guarded]) child.kill('SIGTERM');
  await Promise.all([engine, guarded].map(async (child) => child.exitCode ?? (await once(child, 'exit'))));
  await rm(folder, { recursive: true });
}

function serve(at: number, args: readonly string[]): ChildProcess {
  const ports = ['--port', at, '--http-port', at + 1, '--ui-port', at + 2].map(String);
  return spawn(process.execPath, [BIN, 'server', 'start-dev', ...ports, '--log-level', 'error', ...args], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    env: {
      ...process.env,
      NODE_OPTIONS: `--import ${CLOCK}`,
      TIDEMARK_VISUAL_FROM: new Date(FROM).toISOString(),
      TIDEMARK_VISUAL_NOW: new Date(NOW).toISOString(),
    },
  });
}

async function untilReady(child: ChildProcess): Promise<void> {
  let written = '';
  for await (const chunk of child.stdout ?? []) {
    written += String(chunk);
    if (/^ready$/m.test(written)) break;
  }
  if (child.exitCode !== null) throw new Error(`the product ended: ${written}`);
}

/** A key that nobody has: the page that asks for one is all that is looked at. */
async function keysFile(): Promise<string> {
  const file = join(folder, 'keys.json');
  const sha256 = createHash('sha256').update('nobody').digest('hex');
  await writeFile(file, JSON.stringify([{ name: 'nobody', sha256, permissions: ['*:read'] }]));
  return file;
}
