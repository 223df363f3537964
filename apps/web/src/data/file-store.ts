/** The browser's database for imported files. Where it cannot be used, everything stays in memory and goes with the page. */
import type { ImportedFile } from './imports.ts';

const NAME = 'tidemark-imports';
const INFOS = 'infos';
const TEXTS = 'texts';

/** Also what the database refused, so that a full disk takes nothing away at once. */
const memory = new Map<string, Blob>();
let opening: Promise<IDBDatabase | undefined> | undefined;

function database(): Promise<IDBDatabase | undefined> {
  opening ??= new Promise((resolve) => {
    try {
      const request = indexedDB.open(NAME, 1);
      request.addEventListener('upgradeneeded', () => {
        request.result.createObjectStore(INFOS, { keyPath: 'id' });
        request.result.createObjectStore(TEXTS);
      });
      request.addEventListener('success', () => resolve(request.result));
      request.addEventListener('error', () => resolve(undefined));
      request.addEventListener('blocked', () => resolve(undefined));
    } catch {
      // Some browsers refuse it in private windows.
      resolve(undefined);
    }
  });
  return opening;
}

const settled = (change: IDBTransaction): Promise<boolean> =>
  new Promise((resolve) => {
    change.addEventListener('complete', () => resolve(true));
    change.addEventListener('error', () => resolve(false));
    change.addEventListener('abort', () => resolve(false));
  });

const answered = <T>(request: IDBRequest<T>): Promise<T | undefined> =>
  new Promise((resolve) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => resolve(undefined));
  });

export const fileStore = {
  async list(): Promise<{ files: readonly ImportedFile[]; isFleeting: boolean }> {
    const db = await database();
    // Only this module writes there.
    const files = db === undefined ? [] : await answered(db.transaction(INFOS).objectStore(INFOS).getAll() as IDBRequest<ImportedFile[]>);
    return { files: files ?? [], isFleeting: db === undefined };
  },

  /** Whether it will outlive the page. */
  async put(info: ImportedFile, text: Blob): Promise<boolean> {
    const db = await database();
    let isKept = false;
    try {
      const change = db?.transaction([INFOS, TEXTS], 'readwrite');
      change?.objectStore(INFOS).put(info);
      change?.objectStore(TEXTS).put(text, info.id);
      isKept = change !== undefined && (await settled(change));
    } catch {
      // No room, or no permission.
    }
    if (!isKept) memory.set(info.id, text);
    return isKept;
  },

  async text(id: string): Promise<string | undefined> {
    const kept = memory.get(id);
    const db = await database();
    const found = kept ?? (db && (await answered(db.transaction(TEXTS).objectStore(TEXTS).get(id) as IDBRequest<Blob | undefined>)));
    try {
      return await found?.text();
    } catch {
      // The browser dropped what stood behind it.
      return undefined;
    }
  },

  async remove(id: string): Promise<void> {
    memory.delete(id);
    const change = (await database())?.transaction([INFOS, TEXTS], 'readwrite');
    change?.objectStore(INFOS).delete(id);
    change?.objectStore(TEXTS).delete(id);
    if (change !== undefined) await settled(change);
  },
};
