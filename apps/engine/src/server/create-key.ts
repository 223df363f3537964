/** `tidemark keys create`: a new API key for a person or a program, and the entry that lets it in. */
import { parseArgs } from 'node:util';
import { parsePermission, roles } from '../frontend/claims.ts';
import { parsed } from './config.ts';
import type { ApiKeyEntry } from './credentials/api-keys.ts';
import { createApiKey } from './credentials/api-keys.ts';
import { UsageError } from './usage-error.ts';

/** Writes the key, which is told this once and kept nowhere, and its entry for the key file. Throws a UsageError for bad flags. */
export function createKey(args: readonly string[], write: (line: string) => void): void {
  const { key, entry } = createApiKey(aboutOf(args));
  write('The key, shown only now:');
  write(key);
  write('Its entry for the list in the file of --api-keys:');
  write(JSON.stringify(entry, undefined, 2));
}

function aboutOf(args: readonly string[]): Omit<ApiKeyEntry, 'sha256'> {
  const {
    name,
    permission,
    'expires-at': expiresAt,
  } = parsed(() =>
    parseArgs({
      args: [...args],
      options: {
        name: { type: 'string' },
        permission: { type: 'string', multiple: true, default: [] },
        'expires-at': { type: 'string' },
      },
    }),
  );
  if (!name) throw new UsageError('--name is required: whose key it is');
  if (permission.length === 0) throw new UsageError('--permission NAMESPACE:ROLE is required, and may be repeated');
  for (const text of permission)
    if (parsePermission(text) === undefined)
      throw new UsageError(`--permission must be NAMESPACE:ROLE, where ROLE is one of ${roles.join(', ')}, not "${text}"`);
  if (expiresAt === undefined) return { name, permissions: permission };
  const time = Date.parse(expiresAt);
  if (Number.isNaN(time)) throw new UsageError(`--expires-at must be a time such as 2030-01-31T00:00:00Z, not "${expiresAt}"`);
  return { name, permissions: permission, expiresAt: new Date(time).toISOString() };
}
