/** Reads imported files, and answers for the runs in them as a server answers for its own. */
import { readableBody } from '../domain/event-body.ts';
import type { FileIdentity } from '../domain/file-description.ts';
import { describeFile, identityOf } from '../domain/file-description.ts';
import type { HistoryFile } from '../domain/history-file.ts';
import { FILE_BYTES_MAX, readHistoryFile } from '../domain/history-file.ts';
import { testOf } from '../domain/sought.ts';
import { wireBody } from '../domain/wire-body.ts';
import { formatBytes } from '../lib/number.ts';
import { fileStore } from './file-store.ts';
import type { ImportedFile, OpenFile } from './imports.ts';
import { addImport, hold, listImports, openFileOf } from './imports.ts';
import { fileOf } from './paths.ts';
import type { RunId } from './queries.ts';
import type { RunDescription, RunSource } from './run-source.ts';

/** Events whose bodies are looked into while the page waits. */
const FOUND_AT_ONCE = 500;

export type ImportAnswer = { readonly ok: true; readonly info: ImportedFile } | { readonly ok: false; readonly fault: string };

/** Checks a file, keeps it, and opens it. */
export async function importFile(picked: File): Promise<ImportAnswer> {
  if (picked.size > FILE_BYTES_MAX)
    return { ok: false, fault: `The file has ${formatBytes(picked.size)}; ${formatBytes(FILE_BYTES_MAX)} is the most that is read.` };
  const answer = readHistoryFile(await picked.text());
  if (!answer.ok) return answer;
  const { file } = answer;
  const identity = identityOf(file, picked.name);
  const { status } = describe(file, identity);
  const info: ImportedFile = {
    ...identity,
    id: crypto.randomUUID().slice(0, 8),
    name: picked.name,
    bytes: picked.size,
    importedAt: Date.now(),
    status,
    events: file.rows.length,
  };
  await listImports();
  const isKept = await fileStore.put(info, picked);
  hold(info, file);
  addImport(info, isKept);
  return { ok: true, info };
}

/** Undefined when this browser does not hold it, or no longer in a form that can be read. */
export async function openImport(id: string): Promise<OpenFile | undefined> {
  const known = openFileOf(id);
  if (known !== undefined) return known;
  const info = (await listImports()).find((one) => one.id === id);
  const text = info === undefined ? undefined : await fileStore.text(id);
  if (info === undefined || text === undefined) return undefined;
  const answer = readHistoryFile(text);
  return answer.ok ? hold(info, answer.file) : undefined;
}

/** Describing a run folds all of it. */
const descriptions = new WeakMap<HistoryFile, RunDescription>();

function describe(file: HistoryFile, identity: FileIdentity): RunDescription {
  // Values of a file are JSON by the way they were read.
  const known = descriptions.get(file) ?? (describeFile(file, identity) as RunDescription);
  descriptions.set(file, known);
  return known;
}

async function opened({ namespace }: RunId): Promise<OpenFile> {
  const found = await openImport(fileOf(namespace) ?? '');
  if (found === undefined) throw new Error('This browser does not hold the file.');
  return found;
}

export const fileRuns: RunSource = {
  describe: async (run) => opened(run).then(({ file, info }) => describe(file, info)),
  history: async (run, after) =>
    opened(run).then(({ file }) => ({
      rows: file.rows.slice(after),
      total: file.rows.length,
      ended: true,
      more: false,
    })),
  // A file is here at once, all of it.
  end: () => Promise.resolve([]),
  bodies: async (run, ids) => {
    const { file } = await opened(run);
    return ids.flatMap((id) => {
      const body = file.bodies[id - 1];
      return body === undefined ? [] : [{ id, body: readableBody(body) }];
    });
  },
  wire: async (run, ids) => {
    const { file } = await opened(run);
    return ids.flatMap((id) => {
      const body = file.bodies[id - 1];
      return body === undefined ? [] : [{ id, body: wireBody(body) }];
    });
  },
  find: async (run, { sought, after }) => {
    const { file } = await opened(run);
    const test = testOf(sought);
    const readTo = Math.min(after + FOUND_AT_ONCE, file.bodies.length);
    const ids: number[] = [];
    for (let id = after + 1; id <= readTo; id += 1) {
      const body = file.bodies[id - 1];
      if (body !== undefined && test(JSON.stringify(readableBody(body), null, 1))) ids.push(id);
    }
    // Between two answers the page draws.
    await new Promise((resolve) => setTimeout(resolve));
    return { ids, readTo, more: readTo < file.bodies.length };
  },
};
