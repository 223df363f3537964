/** `tidemark server start-dev`: engine, HTTP side and console in one go. */
import type { ServerTls } from '@tidemark/protocol/server';
import { createApi } from '../api/root.ts';
import type { Identify } from '../api/model/principal.ts';
import type { Authenticator } from '../frontend/claims.ts';
import { holds } from '../frontend/claims.ts';
import { inProcessClients } from '../frontend/in-process.ts';
import { openMemoryStore } from '../persistence/memory/memory-store.ts';
import { openPrismaStore } from '../persistence/prisma/prisma-store.ts';
import type { ServerConfig } from './config.ts';
import { consoleAccess, isLoopback } from './config.ts';
import type { RunningConsole } from './console-process.ts';
import { reachable, startConsole } from './console-process.ts';
import { loadAuthenticator } from './credentials/credentials.ts';
import { loadServerTls } from './credentials/tls-files.ts';
import { serveHttp } from './http.ts';
import { createLogger } from './log.ts';
import { startEngine, systemClock } from './start-engine.ts';
import { UsageError } from './usage-error.ts';

export interface Running {
  /** Ends everything in order. */
  stop(): Promise<void>;
}

const DRAIN_MS = 5000;

/** Throws a UsageError when a port is busy or the file cannot be used. */
export async function startDev(config: ServerConfig, write: (line: string) => void): Promise<Running> {
  const logger = createLogger({ level: config.logLevel, format: config.logFormat, write });
  const guard = await loadGuard(config);
  if (guard.authenticator !== undefined && guard.tls === undefined && !isLoopback(config.ip))
    logger.warn('keys travel in the clear: give --tls-cert and --tls-key, or let a proxy end TLS in front', { ip: config.ip });
  const store = config.dbFilename === undefined ? openMemoryStore() : await openPrismaStore({ file: config.dbFilename });
  const engine = await bound(config.port, '--port', () => startEngine({ ...config, ...guard, store, logger }));
  const access = consoleAccess(config);
  const api = createApi({
    ...inProcessClients(engine.frontend, config.security.uiApiKey, engine.metrics.onCall),
    tidemark: engine.tidemark,
    audit: store.audit,
    environment: config.environment,
    ...(access === 'sign-in' && guard.authenticator !== undefined ? { identify: identifyWith(guard.authenticator) } : {}),
    address: `${config.ip}:${engine.port}`,
    onError: (path, error) => logger.warn('an api call failed', { path, error: error instanceof Error ? error.message : String(error) }),
  });
  const http = await bound(config.httpPort, '--http-port', () =>
    serveHttp({
      host: config.ip,
      port: config.httpPort,
      metrics: engine.metrics,
      isReady: () => engine.isReady(),
      api: access === 'none' ? undefined : { handle: api.handler, isOpen: access === 'open' },
      gateway: guard.tls === undefined ? { handle: engine.gateway, isOpen: guard.authenticator === undefined } : undefined,
    }),
  );
  let consoleProcess: RunningConsole | undefined;
  if (!config.headless) {
    const apiUrl = `http://${reachable(config.ip)}:${http.port}/trpc`;
    consoleProcess = await startConsole({ host: config.ip, port: config.uiPort, apiUrl, signIn: access === 'sign-in', logger });
    write(`Console  ${consoleProcess.url}`);
  }
  write(`gRPC     ${config.ip}:${engine.port}`);
  write(`HTTP     http://${config.ip}:${http.port} (${guard.tls === undefined ? '/api/v1 ' : ''}/healthz /readyz /metrics)`);
  write(`Data     ${store.durability.description}`);
  return {
    stop: async () => {
      await consoleProcess?.stop();
      await http.close();
      await engine.stop(DRAIN_MS);
    },
  };
}

/** A person's key proves the same as a program's. */
const identifyWith =
  (authenticator: Authenticator): Identify =>
  async (credential) => {
    const claims = await authenticator.authenticate(new Map([['authorization', `Bearer ${credential}`]]));
    return claims && { subject: claims.subject, may: (role, namespace) => holds(claims, role, namespace) };
  };

interface Guard {
  readonly authenticator: Authenticator | undefined;
  readonly tls: ServerTls | undefined;
}

/** What stands between callers and the engine. Throws a UsageError for files that cannot be used and for a console's key that is not let in. */
async function loadGuard({ security }: ServerConfig): Promise<Guard> {
  const authenticator = await loadAuthenticator(security, systemClock);
  const tls = security.tls === undefined ? undefined : await loadServerTls(security.tls);
  if (authenticator !== undefined && security.uiApiKey !== undefined) {
    if ((await identifyWith(authenticator)(security.uiApiKey)) === undefined)
      throw new UsageError('--ui-api-key is no key or JWT that this server accepts');
  }
  return { authenticator, tls };
}

async function bound<Result>(port: number, flag: string, start: () => Promise<Result>): Promise<Result> {
  try {
    return await start();
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    if (/EADDRINUSE|No address added|already in use/i.test(text))
      throw new UsageError(`port ${port} is in use; choose another with ${flag}`);
    throw error;
  }
}
