/** `tidemark console`: the api and the console for a server that runs elsewhere. */
import { createHash } from 'node:crypto';
import type { Connection, TlsOptions } from '@tidemark/protocol/client';
import { connect } from '@tidemark/protocol/client';
import { RpcError, StatusCode } from '@tidemark/protocol/errors';
import type { Identify } from '../api/model/principal.ts';
import { createApi } from '../api/root.ts';
import type { ConsoleConfig } from './config.ts';
import { reachable, startConsole } from './console-process.ts';
import { readFlagFile } from './credentials/read-file.ts';
import { serveHttp } from './http.ts';
import { createLogger } from './log.ts';
import type { Running } from './start-dev.ts';
import { UsageError } from './usage-error.ts';

const CONNECT_MS = 10_000;

export async function startConsoleOnly(config: ConsoleConfig, write: (line: string) => void): Promise<Running> {
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
  if (config.signIn) await requireGuarded(connection, config.address);
  const api = createApi({
    ...connection,
    environment: config.environment,
    ...(config.signIn ? { identify: identifyAt(connection) } : {}),
    onError: (path, error) => logger.warn('an api call failed', { path, error: String(error) }),
  });
  const http = await serveHttp({
    host: config.ip,
    port: config.httpPort,
    metrics: undefined,
    isReady: () => true,
    api: { handle: api.handler, isOpen: !config.signIn },
  });
  const apiUrl = `http://${reachable(config.ip)}:${http.port}/trpc`;
  const started = await startConsole({ host: config.ip, port: config.uiPort, apiUrl, signIn: config.signIn, logger });
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

/** A server that serves strangers would make a sign-in of nothing. */
async function requireGuarded({ workflow }: Connection, address: string): Promise<void> {
  const isServed = await workflow.listNamespaces({ pageSize: 1 }, { deadline: Date.now() + CONNECT_MS }).then(
    () => true,
    (error: unknown) => {
      if (isRefusal(error)) return false;
      throw error;
    },
  );
  if (isServed) throw new UsageError(`--sign-in: ${address} serves callers without a key, so there is nothing to sign in with`);
}

/** What another server thinks of a key it says only by what it refuses: who holds it and with which roles is not told. */
const identifyAt =
  ({ workflow }: Connection): Identify =>
  async (credential) => {
    const options = { deadline: Date.now() + CONNECT_MS, metadata: { authorization: `Bearer ${credential}` } };
    try {
      await workflow.listNamespaces({ pageSize: 1 }, options);
    } catch (error) {
      // A key of one namespace may well not list all of them.
      if (!(error instanceof RpcError && error.code === StatusCode.PERMISSION_DENIED)) {
        if (isRefusal(error)) return undefined;
        throw error;
      }
    }
    return { subject: `key ${createHash('sha256').update(credential).digest('hex').slice(0, 8)}`, may: () => true };
  };

const isRefusal = (error: unknown): boolean =>
  error instanceof RpcError && (error.code === StatusCode.UNAUTHENTICATED || error.code === StatusCode.PERMISSION_DENIED);

async function tlsOf({ ca, cert, key, serverName }: NonNullable<ConsoleConfig['tls']>): Promise<TlsOptions> {
  return {
    ...(ca === undefined ? {} : { serverRootCaCert: await readFlagFile('--tls-ca', ca) }),
    ...(cert === undefined ? {} : { clientCert: await readFlagFile('--tls-cert', cert) }),
    ...(key === undefined ? {} : { clientPrivateKey: await readFlagFile('--tls-key', key) }),
    ...(serverName === undefined ? {} : { serverName }),
  };
}
