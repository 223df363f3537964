/** The server's certificate, its key and the authority of its clients, read and found to belong together before anything listens. */
import type { KeyObject } from 'node:crypto';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { ServerTls } from '@tidemark/protocol/server';
import { UsageError } from '../usage-error.ts';
import { readFlagFile } from './read-file.ts';

export interface TlsFiles {
  readonly cert: string;
  readonly key: string;
  readonly clientCa: string | undefined;
}

/** Throws a UsageError that names the flag whose file is missing, unreadable, of another kind, or of another certificate. */
export async function loadServerTls(files: TlsFiles): Promise<ServerTls> {
  const cert = await readFlagFile('--tls-cert', files.cert);
  const key = await readFlagFile('--tls-key', files.key);
  const certificate = parsed(`--tls-cert ${files.cert} holds no certificate in PEM form`, () => new X509Certificate(cert));
  const privateKey = parsed<KeyObject>(`--tls-key ${files.key} holds no private key in PEM form without a passphrase`, () =>
    createPrivateKey(key),
  );
  if (!certificate.checkPrivateKey(privateKey))
    throw new UsageError(`--tls-key ${files.key} is not the key of the certificate in --tls-cert ${files.cert}`);
  if (files.clientCa === undefined) return { cert, key };
  const clientCa = await readFlagFile('--tls-client-ca', files.clientCa);
  parsed(`--tls-client-ca ${files.clientCa} holds no certificate in PEM form`, () => new X509Certificate(clientCa));
  return { cert, key, clientCa };
}

function parsed<Result>(fault: string, parse: () => Result): Result {
  try {
    return parse();
  } catch {
    throw new UsageError(fault);
  }
}
