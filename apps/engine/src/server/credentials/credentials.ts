/** The authenticator of this server, as its flags describe it: API keys, JWTs or both, shown as a bearer token. */
import type { Authenticator } from '../../frontend/claims.ts';
import type { Clock } from '../../kernel/ports.ts';
import type { TokenVerifier } from './api-keys.ts';
import { apiKeyVerifier, loadApiKeys } from './api-keys.ts';
import type { JwtConfig } from './jwt.ts';
import { loadJwtVerifier } from './jwt.ts';

export interface CredentialsConfig {
  readonly apiKeysFile: string | undefined;
  readonly jwt: JwtConfig | undefined;
}

/** Nothing when neither keys nor JWTs are configured: the server is open then. Throws a UsageError for files that cannot be used. */
export async function loadAuthenticator({ apiKeysFile, jwt }: CredentialsConfig, clock: Clock): Promise<Authenticator | undefined> {
  const verifiers: TokenVerifier[] = [];
  if (apiKeysFile !== undefined) verifiers.push(apiKeyVerifier(await loadApiKeys(apiKeysFile), clock));
  if (jwt !== undefined) verifiers.push(await loadJwtVerifier(jwt, clock));
  return verifiers.length === 0 ? undefined : bearerAuthenticator(verifiers);
}

/** The first verifier that knows the token decides. */
function bearerAuthenticator(verifiers: readonly TokenVerifier[]): Authenticator {
  return {
    authenticate: async (headers) => {
      const token = bearerOf(headers.get('authorization'));
      if (token === undefined) return undefined;
      for (const verify of verifiers) {
        const claims = await verify(token);
        if (claims !== undefined) return claims;
      }
      return undefined;
    },
  };
}

const bearerOf = (header: string | undefined): string | undefined => /^bearer +(\S+)$/i.exec(header ?? '')?.[1];
