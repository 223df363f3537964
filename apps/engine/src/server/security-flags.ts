/** The flags that say who may reach the engine, and how. */
import { UsageError } from './usage-error.ts';
import type { CredentialsConfig } from './credentials/credentials.ts';
import type { JwtConfig } from './credentials/jwt.ts';
import type { TlsFiles } from './credentials/tls-files.ts';

export interface SecurityConfig extends CredentialsConfig {
  readonly tls: TlsFiles | undefined;
  /** The key or JWT with which the console acts where callers must show one. */
  readonly uiApiKey: string | undefined;
}

export const securityOptions = {
  'tls-cert': { type: 'string' },
  'tls-key': { type: 'string' },
  'tls-client-ca': { type: 'string' },
  'api-keys': { type: 'string' },
  'jwt-secret': { type: 'string' },
  'jwt-public-key': { type: 'string' },
  'jwt-jwks': { type: 'string' },
  'jwt-issuer': { type: 'string' },
  'jwt-audience': { type: 'string' },
  'ui-api-key': { type: 'string' },
} as const;

export const securityUsage = `  --tls-cert FILE --tls-key FILE  TLS on the gRPC port; PEM
  --tls-client-ca FILE          only clients with a certificate of this authority
  --api-keys FILE               callers need an API key of this file; see "tidemark keys create"
  --jwt-secret FILE             callers need a JWT: HS256; or --jwt-public-key FILE (RS256, ES256), or --jwt-jwks FILE
  --jwt-issuer TEXT             and it must be of this issuer; likewise --jwt-audience TEXT
  --ui-api-key KEY              with which the console acts then; or TIDEMARK_UI_API_KEY in the environment`;

type Values = { readonly [Flag in keyof typeof securityOptions]?: string | undefined };

/** Throws a UsageError for flags that mean nothing without each other. */
export function securityOf(values: Values, env: NodeJS.ProcessEnv): SecurityConfig {
  const apiKeysFile = values['api-keys'];
  const jwt = jwtOf(values);
  const guarded = isGuarded({ apiKeysFile, jwt });
  if (!guarded && values['ui-api-key'] !== undefined)
    throw new UsageError('--ui-api-key means nothing without --api-keys or one of the --jwt flags');
  return { tls: tlsOf(values), apiKeysFile, jwt, uiApiKey: guarded ? (values['ui-api-key'] ?? env['TIDEMARK_UI_API_KEY']) : undefined };
}

/** Whether callers must show credentials. */
export const isGuarded = ({ apiKeysFile, jwt }: CredentialsConfig): boolean => apiKeysFile !== undefined || jwt !== undefined;

function tlsOf({ 'tls-cert': cert, 'tls-key': key, 'tls-client-ca': clientCa }: Values): TlsFiles | undefined {
  if (cert !== undefined && key !== undefined) return { cert, key, clientCa };
  if (cert !== undefined) throw new UsageError('--tls-cert needs --tls-key, the private key of the certificate');
  if (key !== undefined) throw new UsageError('--tls-key needs --tls-cert, the certificate of the key');
  if (clientCa !== undefined) throw new UsageError("--tls-client-ca needs --tls-cert and --tls-key, the server's own certificate");
  return undefined;
}

function jwtOf(values: Values): JwtConfig | undefined {
  const issuer = values['jwt-issuer'];
  const audience = values['jwt-audience'];
  const sources = (['secret', 'public-key', 'jwks'] as const).flatMap((kind) => {
    const file = values[`jwt-${kind}`];
    return file === undefined ? [] : [{ kind, file, issuer, audience }];
  });
  if (sources.length > 1) throw new UsageError('give only one of --jwt-secret, --jwt-public-key and --jwt-jwks');
  if (sources.length === 0 && (issuer !== undefined || audience !== undefined))
    throw new UsageError('--jwt-issuer and --jwt-audience need --jwt-secret, --jwt-public-key or --jwt-jwks');
  return sources[0];
}
