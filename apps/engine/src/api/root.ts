/** The console's api: a table of names over the WorkflowService, in this process or across the wire. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { OperatorServiceClient, WorkflowServiceClient } from '@tidemark/protocol/services';
import { createHTTPHandler } from '@trpc/server/adapters/standalone';
import { complete as completeActivity } from './activity/complete.ts';
import { fail as failActivity } from './activity/fail.ts';
import { pause as pauseActivity } from './activity/pause.ts';
import { reset as resetActivity } from './activity/reset.ts';
import { retry } from './activity/retry.ts';
import { setOptions } from './activity/set-options.ts';
import { unpause } from './activity/unpause.ts';
import { list as listAudit } from './audit/list.ts';
import { memoryTrail } from './audit/memory-trail.ts';
import type { AuditTrail } from './model/audit-trail.ts';
import type { Environment } from './model/environment.ts';
import type { Identify } from './model/principal.ts';
import type { TidemarkService } from './model/tidemark-service.ts';
import { describe as describeBatch } from './batch/describe.ts';
import { list as listBatches } from './batch/list.ts';
import { start as startBatch } from './batch/start.ts';
import { stop as stopBatch } from './batch/stop.ts';
import { any as anyDeployment } from './deployment/any.ts';
import { describe as describeDeployment } from './deployment/describe.ts';
import { list as listDeployments } from './deployment/list.ts';
import { removeVersion, setCurrent, setRamp } from './deployment/route.ts';
import { describe as describeError } from './error/describe.ts';
import { list as listErrors } from './error/list.ts';
import { create as createNamespace } from './namespace/create.ts';
import { describe as describeNamespace } from './namespace/describe.ts';
import { list as listNamespaces } from './namespace/list.ts';
import { overview } from './namespace/overview.ts';
import { remove as removeNamespace } from './namespace/remove.ts';
import { update as updateNamespace } from './namespace/update.ts';
import { reveal } from './payload/reveal.ts';
import type { ApiContext } from './procedure.ts';
import { router } from './procedure.ts';
import { RunFeeds } from './run/feeds.ts';
import { backfill } from './schedule/backfill.ts';
import { create as createSchedule } from './schedule/create.ts';
import { describe as describeSchedule } from './schedule/describe.ts';
import { list as listSchedules } from './schedule/list.ts';
import { remove as removeSchedule } from './schedule/remove.ts';
import { setPaused } from './schedule/set-paused.ts';
import { trigger } from './schedule/trigger.ts';
import { update as updateSchedule } from './schedule/update.ts';
import { add as addAttribute } from './search-attribute/add.ts';
import { list as listAttributes } from './search-attribute/list.ts';
import { remove as removeAttribute } from './search-attribute/remove.ts';
import { callerOf, closedServices, withRights } from './session/caller.ts';
import { current } from './session/current.ts';
import { Sessions } from './session/sessions.ts';
import { signIn } from './session/sign-in.ts';
import { signOut } from './session/sign-out.ts';
import { info } from './system/info.ts';
import { describe as describeQueue } from './task-queue/describe.ts';
import { list as listQueues } from './task-queue/list.ts';
import { setLimit } from './task-queue/set-limit.ts';
import { survey as surveyQueues } from './task-queue/survey.ts';
import { list as listViews } from './view/list.ts';
import { remove as removeView } from './view/remove.ts';
import { save as saveView } from './view/save.ts';
import { describe as describeWorker } from './worker/describe.ts';
import { held } from './worker/held.ts';
import { list as listWorkers } from './worker/list.ts';
import { activity } from './workflow/activity.ts';
import { ancestors } from './workflow/ancestors.ts';
import { attempts } from './workflow/attempts.ts';
import { attributes } from './workflow/attributes.ts';
import { cancel } from './workflow/cancel.ts';
import { chain } from './workflow/chain.ts';
import { children } from './workflow/children.ts';
import { count } from './workflow/count.ts';
import { describe } from './workflow/describe.ts';
import { events } from './workflow/events.ts';
import { find } from './workflow/find.ts';
import { handlers } from './workflow/handlers.ts';
import { history } from './workflow/history.ts';
import { historyEnd } from './workflow/history-end.ts';
import { latency } from './workflow/latency.ts';
import { list } from './workflow/list.ts';
import { onHistory } from './workflow/on-history.ts';
import { moveVersion } from './workflow/move-version.ts';
import { pause, resume } from './workflow/pause.ts';
import { query } from './workflow/query.ts';
import { raw } from './workflow/raw.ts';
import { replay } from './workflow/replay.ts';
import { reset } from './workflow/reset.ts';
import { sample } from './workflow/sample.ts';
import { signal } from './workflow/signal.ts';
import { start } from './workflow/start.ts';
import { terminate } from './workflow/terminate.ts';
import { update } from './workflow/update.ts';
import { values } from './workflow/values.ts';
import { waiting } from './workflow/waiting.ts';
import { why } from './workflow/why.ts';
import { wire } from './workflow/wire.ts';

export const appRouter = router({
  system: router({ info }),
  session: router({ current, signIn, signOut }),
  audit: router({ list: listAudit }),
  namespace: router({
    list: listNamespaces,
    describe: describeNamespace,
    overview,
    create: createNamespace,
    update: updateNamespace,
    remove: removeNamespace,
  }),
  searchAttribute: router({ list: listAttributes, add: addAttribute, remove: removeAttribute }),
  workflow: router({
    list,
    count,
    activity,
    latency,
    sample,
    attempts,
    attributes,
    describe,
    ancestors,
    children,
    chain,
    history,
    historyEnd,
    onHistory,
    events,
    find,
    wire,
    raw,
    handlers,
    start,
    signal,
    query,
    update,
    cancel,
    terminate,
    moveVersion,
    reset,
    replay,
    pause,
    resume,
    why,
    values,
    waiting,
  }),
  payload: router({ reveal }),
  activity: router({
    retry,
    pause: pauseActivity,
    unpause,
    reset: resetActivity,
    setOptions,
    complete: completeActivity,
    fail: failActivity,
  }),
  schedule: router({
    list: listSchedules,
    describe: describeSchedule,
    create: createSchedule,
    update: updateSchedule,
    setPaused,
    trigger,
    backfill,
    remove: removeSchedule,
  }),
  batch: router({ list: listBatches, describe: describeBatch, start: startBatch, stop: stopBatch }),
  deployment: router({ any: anyDeployment, list: listDeployments, describe: describeDeployment, setCurrent, setRamp, removeVersion }),
  error: router({ list: listErrors, describe: describeError }),
  taskQueue: router({ list: listQueues, survey: surveyQueues, describe: describeQueue, setLimit }),
  view: router({ list: listViews, save: saveView, remove: removeView }),
  worker: router({ list: listWorkers, describe: describeWorker, held }),
});
export type AppRouter = typeof appRouter;

export interface ApiOptions {
  readonly workflow: WorkflowServiceClient;
  readonly operator: OperatorServiceClient;
  /** Only where the engine is ours and here. */
  readonly tidemark?: TidemarkService;
  /** Without one, entries end with this process. */
  readonly audit?: AuditTrail;
  /** Whoever calls must have signed in, and is served with their own credential. Without it everybody is served with the services' own. */
  readonly identify?: Identify;
  readonly environment?: Environment | undefined;
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

export function createApi(options: ApiOptions): Api {
  const createContext = contextsOf(options);
  const { onError } = options;
  const handler = createHTTPHandler({
    router: appRouter,
    basePath: '/trpc/',
    createContext: ({ req, res }) => createContext(req, res),
    maxBodySize: 4 * 1024 * 1024,
    onError: ({ path, error }) => {
      if (error.code === 'INTERNAL_SERVER_ERROR') onError?.(path ?? '', error.cause ?? error);
    },
  });
  return { router: appRouter, handler };
}

/** One context for all, or one for each caller. */
function contextsOf(options: ApiOptions): (request: IncomingMessage, response: ServerResponse) => ApiContext {
  const { workflow, operator, tidemark, address, identify } = options;
  const audit = options.audit ?? memoryTrail();
  const shared = { address, audit, isAuditKept: options.audit !== undefined, environment: options.environment };
  if (identify === undefined) {
    const context: ApiContext = { ...shared, workflow, operator, tidemark, feeds: new RunFeeds(workflow), caller: { kind: 'anybody' } };
    return () => context;
  }
  const sessions = new Sessions(identify, { workflow, operator });
  const closed = closedServices();
  const nobodysFeeds = new RunFeeds(closed.workflow);
  return (request, response) => {
    const caller = callerOf(sessions, request, response);
    if (caller.kind !== 'person') return { ...shared, ...closed, feeds: nobodysFeeds, caller };
    const { services, feeds } = caller.session;
    return { ...shared, ...services, feeds, caller, tidemark: tidemark && withRights(tidemark, services) };
  };
}
