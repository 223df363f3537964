/** The console is a program of its own: this starts it, waits until it answers, and ends it with the engine. */
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Logger } from '../kernel/ports.ts';
import { UsageError } from './usage-error.ts';

export interface ConsoleOptions {
  readonly host: string;
  readonly port: number;
  readonly apiUrl: string;
  /** People must sign in, so that it may listen beyond this machine. */
  readonly signIn: boolean;
  readonly logger: Logger;
}

export interface RunningConsole {
  readonly url: string;
  stop(): Promise<void>;
}

const START_MS_MAX = 20_000;
const STOP_MS_MAX = 3000;

/** Throws a UsageError when the console is not built or does not come up. */
export async function startConsole(options: ConsoleOptions): Promise<RunningConsole> {
  const launcher = findLauncher();
  const child = spawn(process.execPath, [launcher, '--host', options.host, '--port', String(options.port)], {
    env: {
      ...process.env,
      TIDEMARK_API_URL: options.apiUrl,
      TIDEMARK_CONSOLE_SIGN_IN: options.signIn ? '1' : '',
      NODE_ENV: 'production',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stderr.on('data', (chunk: Buffer) => options.logger.warn('console', { text: chunk.toString('utf8').trim() }));
  const url = `http://${reachable(options.host)}:${options.port}`;
  await untilAnswers(child, url);
  return { url, stop: () => stop(child) };
}

/** The host part of an URL under which this machine reaches what listens on an address. */
export function reachable(ip: string): string {
  if (ip === '0.0.0.0') return '127.0.0.1';
  if (ip === '::') return '[::1]';
  return ip.includes(':') ? `[${ip}]` : ip;
}

function findLauncher(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const candidates = ['../../web/server.mjs', '../../../web/server.mjs'].map((path) => resolve(here, path));
  const found = candidates.find((path) => existsSync(path));
  if (found === undefined) throw new UsageError('the console is not part of this installation; run with --headless');
  if (!existsSync(resolve(dirname(found), '.next/BUILD_ID')))
    throw new UsageError('the console is not built; run "npm run build" first, or use --headless');
  return found;
}

async function untilAnswers(child: ChildProcess, url: string): Promise<void> {
  const until = Date.now() + START_MS_MAX;
  while (child.exitCode === null && child.signalCode === null) {
    if (await answers(url)) return;
    if (Date.now() > until) {
      child.kill();
      throw new UsageError(`the console did not answer at ${url} within ${START_MS_MAX / 1000} s`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new UsageError(`the console could not be started at ${url} (exit code ${child.exitCode}); is the port in use?`);
}

async function answers(url: string): Promise<boolean> {
  try {
    await fetch(`${url}/healthz`, { redirect: 'manual' });
    return true;
  } catch {
    return false;
  }
}

function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const force = setTimeout(() => child.kill('SIGKILL'), STOP_MS_MAX);
    child.once('exit', () => {
      clearTimeout(force);
      resolve();
    });
    child.kill('SIGTERM');
  });
}
