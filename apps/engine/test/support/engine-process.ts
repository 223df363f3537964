/** The engine as its users run it: a process of its own on a file, that can be killed. */
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

/** The built command: `npm run build -w @tidemark/engine` makes it. */
const command = fileURLToPath(new URL('../../bin/tidemark.mjs', import.meta.url));

export interface EngineProcess {
  readonly address: string;
  readonly httpUrl: string;
  readonly pid: number;
  /** What the process wrote to its error stream so far: the reason, when it ended on its own. */
  errors(): string;
  /** SIGKILL: nothing is said to the process, nothing is written any more. */
  kill(): Promise<void>;
  /** SIGTERM, and the exit code. */
  stop(): Promise<number | null>;
}

export async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

export async function startEngineProcess(options: {
  readonly file?: string;
  readonly port: number;
  readonly httpPort: number;
}): Promise<EngineProcess> {
  const file = options.file === undefined ? [] : ['--db-filename', options.file];
  const args = [
    command,
    'server',
    'start-dev',
    '--headless',
    '--port',
    String(options.port),
    '--http-port',
    String(options.httpPort),
    '--log-level',
    'error',
    ...file,
  ];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString('utf8');
  });
  await untilReady(child, () => said);
  return {
    address: `127.0.0.1:${options.port}`,
    httpUrl: `http://127.0.0.1:${options.httpPort}`,
    pid: child.pid ?? 0,
    errors: () => said,
    kill: async () => {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
    stop: async () => {
      if (child.exitCode !== null || !child.kill('SIGTERM')) return child.exitCode;
      await once(child, 'exit');
      return child.exitCode;
    },
  };
}

function untilReady(child: ChildProcess, said: () => string): Promise<void> {
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      if (chunk.toString('utf8').includes('ready')) resolve();
    });
    child.once('exit', (code) => reject(new Error(`the engine ended with code ${code}: ${said()}`)));
  });
}
