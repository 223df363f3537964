/** `tidemark console`: the api and the console for a server that runs elsewhere. */
import type { TlsOptions } from '@tidemark/protocol/client';
import { connect } from '@tidemark/protocol/client';
import { createApi } from '../api/root.ts';
import type { ConsoleConfig } from './config.ts';
import { startConsole } from './console-process.ts';
import { readFlagFile } from './credentials/read-file.ts';
import { serveHttp } from './http.ts';
import { createLogger } from './log.ts';
import type { Running } from './start-dev.ts';
import { UsageError } from './usage-error.ts';

const CONNECT_MS = 10_000;
const loopback: ReadonlySet<string> = new Set(['127.0.0.1', '::1', 'localhost']);

export async function startConsoleOnly(config: ConsoleConfig, write: (line: string) => void): Promise<Running> {
  if (!loopback.has(config.ip)) throw new UsageError(`the console has no login yet and listens on loopback only, not on ${config.ip}`);
  const logger = createLogger({ level: config.logLevel, format: config.logFormat, write });
  const connection = connect({
    address: config.address,
    ...(config.tls === undefined ? {} : { tls: await tlsOf(config.tls) }),
    ...(config.apiKey === undefined ? {} : { apiKey: config.apiKey }),
    metadata: { 'client-name': 'tidemark-console', 'client-version': '0.1.0' },
  });
  await connection.ready(Date.now() + CONNECT_MS).catch((error: unknown) => {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  });
  const api = createApi({ ...connection, onError: (path, error) => logger.warn('an api call failed', { path, error: String(error) }) });
  const http = await serveHttp({ host: config.ip, port: config.httpPort, metrics: undefined, isReady: () => true, api: api.handler });
  const started = await startConsole({ host: config.ip, port: config.uiPort, apiUrl: `http://${config.ip}:${http.port}/trpc`, logger });
  write(`Console  ${started.url}`);
  write(`Server   ${config.address}`);
  return {
    stop: async () => {
      await started.stop();
      await http.close();
      connection.close();
    },
  };
}

async function tlsOf({ ca, cert, key, serverName }: NonNullable<ConsoleConfig['tls']>): Promise<TlsOptions> {
  return {
    ...(ca === undefined ? {} : { serverRootCaCert: await readFlagFile('--tls-ca', ca) }),
    ...(cert === undefined ? {} : { clientCert: await readFlagFile('--tls-cert', cert) }),
    ...(key === undefined ? {} : { clientPrivateKey: await readFlagFile('--tls-key', key) }),
    ...(serverName === undefined ? {} : { serverName }),
  };
}
