import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UsageError } from '../usage-error.ts';
import type { ApiKeyEntry } from './api-keys.ts';
import { apiKeyVerifier, createApiKey, loadApiKeys } from './api-keys.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tidemark-keys-'));
});
afterAll(() => rm(folder, { recursive: true }));

const now = Date.parse('2030-01-01T00:00:00Z');
const clock = { now: () => now };
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('a new key', () => {
  it('lets in who shows it, with its permissions, and is not in its entry', async () => {
    const { key, entry } = createApiKey({ name: 'ci', permissions: ['orders:write', '*:read'] });
    expect(JSON.stringify(entry)).not.toContain(key.slice(4));
    expect(entry.sha256).toBe(sha256(key));
    expect(await apiKeyVerifier([entry], clock)(key)).toEqual({
      subject: 'ci',
      permissions: [
        { scope: { kind: 'namespace', name: 'orders' }, role: 'write' },
        { scope: { kind: 'cluster' }, role: 'read' },
      ],
    });
  });

  it('is never the same twice', () => {
    const about = { name: 'ci', permissions: ['orders:write'] };
    expect(createApiKey(about).key).not.toBe(createApiKey(about).key);
  });
});

describe('a key', () => {
  const entry = (expiresAt?: string): ApiKeyEntry => ({
    name: 'ci',
    sha256: sha256('key'),
    permissions: ['orders:write'],
    ...(expiresAt === undefined ? {} : { expiresAt }),
  });

  it('that is not in the file proves nothing', async () => {
    const verify = apiKeyVerifier([entry()], clock);
    expect(await verify('other')).toBeUndefined();
    expect(await verify('')).toBeUndefined();
    expect(await verify(sha256('key'))).toBeUndefined();
  });

  it('is good until the moment it expires', async () => {
    expect(await apiKeyVerifier([entry('2030-01-01T00:00:00.001Z')], clock)('key')).toMatchObject({ subject: 'ci' });
    expect(await apiKeyVerifier([entry('2030-01-01T00:00:00Z')], clock)('key')).toBeUndefined();
    expect(await apiKeyVerifier([entry('2030-01-01T01:00:00+02:00')], clock)('key')).toBeUndefined();
  });
});

describe('a key file', () => {
  const load = async (text: string) => {
    const path = join(folder, 'keys.json');
    await writeFile(path, text);
    return await loadApiKeys(path);
  };
  const good = { name: 'ci', sha256: sha256('key'), permissions: ['orders:write'] };

  it('is a list of entries', async () => {
    expect(await load(JSON.stringify([good]))).toEqual([good]);
  });

  it.each([
    ['tmk_secret', /keys\.json is not valid JSON$/],
    ['', /is empty$/],
    ['[]', /the file must hold at least one key/],
    [JSON.stringify([good, { ...good, sha256: 'abc' }]), /1\.sha256 must be 64 hexadecimal digits/],
    [JSON.stringify([{ ...good, permissions: ['orders:wish'] }]), /0\.permissions\.0 must be NAMESPACE:ROLE.*read, worker, write, admin/],
    [JSON.stringify([{ ...good, permissions: [] }]), /0\.permissions/],
    [JSON.stringify([{ ...good, expiresAt: 'tomorrow' }]), /0\.expiresAt must be a time/],
    [JSON.stringify([{ ...good, expireAt: '2030-01-01T00:00:00Z' }]), /expireAt/],
  ])('%s is refused in one sentence', async (text, sentence) => {
    await expect(load(text)).rejects.toThrow(UsageError);
    await expect(load(text)).rejects.toThrow(sentence);
  });

  it('that is not there is named', async () => {
    await expect(loadApiKeys(join(folder, 'none.json'))).rejects.toThrow(/^--api-keys .*none\.json cannot be read: there is no such file$/);
    await expect(loadApiKeys(folder)).rejects.toThrow(/it is a folder$/);
  });
});
