/** Where the pages of a run read it: from the server, or from a file that was opened in this browser. */
import type { Sought } from '../domain/sought.ts';
import type { ApiOutput } from './api-client.ts';
import { api } from './api-client.ts';
import { fileOf } from './paths.ts';
import type { RunId } from './queries.ts';

export type RunDescription = ApiOutput['workflow']['describe'];
export type HistoryPage = Pick<ApiOutput['workflow']['history'], 'rows' | 'total' | 'ended' | 'more'>;
export interface EventBody {
  readonly id: number;
  readonly body: unknown;
}
interface Options {
  readonly signal?: AbortSignal;
  /** Also what is long. */
  readonly full?: boolean;
  /** Beside the page's own thread: what is long to parse. */
  readonly isApart?: boolean;
}

export interface FindAsked {
  readonly sought: Sought;
  /** Events after this id. */
  readonly after: number;
}
export type FoundEvents = ApiOutput['workflow']['find'];

export interface RunSource {
  readonly describe: (run: RunId, options: Options) => Promise<RunDescription>;
  /** Rows after an event id; the first page when it is 0. */
  readonly history: (run: RunId, after: number, options: Options) => Promise<HistoryPage>;
  /** The newest rows alone. */
  readonly end: (run: RunId, options: Options) => Promise<HistoryPage['rows']>;
  /** Bodies as people read them, of up to 200 events. */
  readonly bodies: (run: RunId, ids: readonly number[], options: Options) => Promise<readonly EventBody[]>;
  /** The same as they were written, payloads in base64. Long payloads are cut unless `full`. Fewer may come than were asked for. */
  readonly wire: (run: RunId, ids: readonly number[], options: Options) => Promise<readonly EventBody[]>;
  /** Events in whose bodies something is found, of the next some thousands. */
  readonly find: (run: RunId, asked: FindAsked, options: Options) => Promise<FoundEvents>;
}

const passed = ({ signal }: Options) => (signal ? { signal } : {});

const server: RunSource = {
  describe: (run, options) => api.workflow.describe.query(run, passed(options)),
  history: async (run, after, { isApart = false, ...options }) =>
    isApart
      ? (await import('./history-apart.ts')).readApart(run, after, options.signal)
      : api.workflow.history.query({ ...run, after }, passed(options)),
  end: (run, options) => api.workflow.historyEnd.query(run, passed(options)),
  bodies: (run, ids, { full = false, ...options }) => api.workflow.events.query({ ...run, ids: [...ids], full }, passed(options)),
  wire: async (run, ids, { full = false, ...options }) =>
    (await api.workflow.wire.query({ ...run, ids: [...ids], full }, passed(options))).events,
  find: (run, { sought, after }, options) => api.workflow.find.query({ ...run, ...sought, after }, passed(options)),
};

/** What reads files is loaded with the first of them. */
const reader = async (): Promise<RunSource> => (await import('./file-runs.ts')).fileRuns;
const files: RunSource = {
  describe: async (run, options) => (await reader()).describe(run, options),
  history: async (run, after, options) => (await reader()).history(run, after, options),
  end: async (run, options) => (await reader()).end(run, options),
  bodies: async (run, ids, options) => (await reader()).bodies(run, ids, options),
  wire: async (run, ids, options) => (await reader()).wire(run, ids, options),
  find: async (run, asked, options) => (await reader()).find(run, asked, options),
};

export const sourceOf = ({ namespace }: RunId): RunSource => (fileOf(namespace) === undefined ? server : files);
