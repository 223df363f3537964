'use client';
/** Histories that were opened from files. They are kept in this browser alone: in its database, or in memory where it has none. */
import { useSyncExternalStore } from 'react';
import type { FileIdentity } from '../domain/file-description.ts';
import type { HistoryFile } from '../domain/history-file.ts';
import { fileStore } from './file-store.ts';
import { namespaceOfFile } from './paths.ts';
import type { RunId } from './queries.ts';

export interface ImportedFile extends FileIdentity {
  readonly id: string;
  readonly name: string;
  readonly bytes: number;
  readonly importedAt: number;
  readonly status: string;
  readonly events: number;
}

export interface OpenFile {
  readonly info: ImportedFile;
  readonly run: RunId;
  readonly file: HistoryFile;
}

interface State {
  /** Undefined until the database was asked. */
  readonly files: readonly ImportedFile[] | undefined;
  readonly open: ReadonlyMap<string, OpenFile>;
  /** The browser forgets the files with the page. */
  readonly isFleeting: boolean;
}

/** Read files are large; those that were looked at last stay read. */
const OPEN_MAX = 3;
const empty: State = { files: undefined, open: new Map(), isFleeting: false };
let state = empty;
const listeners = new Set<() => void>();

function change(next: Partial<State>): void {
  state = { ...state, ...next };
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  if (state.files === undefined) void listImports();
  return () => {
    listeners.delete(listener);
  };
};

export async function listImports(): Promise<readonly ImportedFile[]> {
  if (state.files === undefined) {
    const { files, isFleeting } = await fileStore.list();
    // A second caller may have been faster.
    if (state.files === undefined) change({ files: files.toSorted((a, b) => b.importedAt - a.importedAt), isFleeting });
  }
  return state.files ?? [];
}

export const useImports = (): Pick<State, 'files' | 'isFleeting'> =>
  useSyncExternalStore(
    subscribe,
    () => state,
    () => empty,
  );

export const useOpenFile = (id: string | undefined): OpenFile | undefined =>
  useSyncExternalStore(
    subscribe,
    () => (id === undefined ? undefined : state.open.get(id)),
    () => undefined,
  );

export const openFileOf = (id: string): OpenFile | undefined => state.open.get(id);

/** What was just imported joins the list. */
export function addImport(info: ImportedFile, isKept: boolean): void {
  change({ files: [info, ...(state.files ?? [])], isFleeting: state.isFleeting || !isKept });
}

/** A file that was read becomes a run that pages can show. */
export function hold(info: ImportedFile, file: HistoryFile): OpenFile {
  const run = { namespace: namespaceOfFile(info.id), workflowId: info.workflowId, runId: info.runId };
  const opened = { info, run, file };
  const others = [...state.open].filter(([id]) => id !== info.id).slice(1 - OPEN_MAX);
  change({ open: new Map([...others, [info.id, opened]]) });
  return opened;
}

export async function removeImport(id: string): Promise<void> {
  await fileStore.remove(id);
  change({ files: (await listImports()).filter((one) => one.id !== id), open: new Map([...state.open].filter(([key]) => key !== id)) });
}
