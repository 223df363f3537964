/** Reads a file that a flag names; what is wrong with it is one sentence, and nothing of its contents is in it. */
import { readFile } from 'node:fs/promises';
import { UsageError } from '../usage-error.ts';

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'it may not be read by this user',
  EISDIR: 'it is a folder',
};

/** Throws a UsageError when the file cannot be read or is empty. */
export async function readFlagFile(flag: string, path: string): Promise<Buffer> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new UsageError(`${flag} ${path} cannot be read: ${reasons[code] ?? code}`);
  }
  if (bytes.byteLength === 0) throw new UsageError(`${flag} ${path} is empty`);
  return bytes;
}

/** Throws a UsageError when the file is not JSON. */
export async function readFlagJson(flag: string, path: string): Promise<unknown> {
  const bytes = await readFlagFile(flag, path);
  try {
    return JSON.parse(bytes.toString('utf8')) as unknown;
  } catch {
    // The parser's own words quote the file.
    throw new UsageError(`${flag} ${path} is not valid JSON`);
  }
}
