/** The console's api: a table of names over the WorkflowService, in this process or across the wire. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { OperatorServiceClient, WorkflowServiceClient } from '@tidemark/protocol/services';
import { createHTTPHandler } from '@trpc/server/adapters/standalone';
import { progress as bulkProgress } from './bulk/progress.ts';
import { start as startBulk } from './bulk/start.ts';
import { stop as stopBulk } from './bulk/stop.ts';
import { list as listNamespaces } from './namespace/list.ts';
import { router } from './procedure.ts';
import { RunFeeds } from './run/feeds.ts';
import { info } from './system/info.ts';
import { describe as describeQueue } from './task-queue/describe.ts';
import { list as listQueues } from './task-queue/list.ts';
import { list as listWorkers } from './worker/list.ts';
import { activity } from './workflow/activity.ts';
import { attributes } from './workflow/attributes.ts';
import { cancel } from './workflow/cancel.ts';
import { count } from './workflow/count.ts';
import { describe } from './workflow/describe.ts';
import { events } from './workflow/events.ts';
import { handlers } from './workflow/handlers.ts';
import { history } from './workflow/history.ts';
import { list } from './workflow/list.ts';
import { onHistory } from './workflow/on-history.ts';
import { query } from './workflow/query.ts';
import { replay } from './workflow/replay.ts';
import { signal } from './workflow/signal.ts';
import { start } from './workflow/start.ts';
import { terminate } from './workflow/terminate.ts';
import { update } from './workflow/update.ts';

export const appRouter = router({
  system: router({ info }),
  namespace: router({ list: listNamespaces }),
  workflow: router({
    list,
    count,
    activity,
    attributes,
    describe,
    history,
    onHistory,
    events,
    handlers,
    start,
    signal,
    query,
    update,
    cancel,
    terminate,
    replay,
  }),
  bulk: router({ start: startBulk, progress: bulkProgress, stop: stopBulk }),
  taskQueue: router({ list: listQueues, describe: describeQueue }),
  worker: router({ list: listWorkers }),
});
export type AppRouter = typeof appRouter;

export interface ApiOptions {
  readonly workflow: WorkflowServiceClient;
  readonly operator: OperatorServiceClient;
  /** Where the services are, in words for people. */
  readonly address: string;
  /** Told of every error that is not the caller's; the caller reads only that something failed. */
  readonly onError?: (path: string, error: unknown) => void;
}

export interface Api {
  readonly router: AppRouter;
  /** Answers requests below `/trpc/` on a node http server. */
  readonly handler: (request: IncomingMessage, response: ServerResponse) => void;
}

export function createApi({ workflow, operator, address, onError }: ApiOptions): Api {
  const context = { workflow, operator, address, feeds: new RunFeeds(workflow) };
  const handler = createHTTPHandler({
    router: appRouter,
    basePath: '/trpc/',
    createContext: () => context,
    maxBodySize: 4 * 1024 * 1024,
    onError: ({ path, error }) => {
      if (error.code === 'INTERNAL_SERVER_ERROR') onError?.(path ?? '', error.cause ?? error);
    },
  });
  return { router: appRouter, handler };
}
