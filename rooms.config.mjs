// The rooms of each part, floor by floor: a room imports lower floors only, never its own floor's other rooms, never a higher one.
// A folder that is not named here is an error: new rooms are decided, not found.

/** Pure rooms import nothing but what is named here. */
const PURE = ['@tidemark/protocol/'];

export const parts = [
  {
    name: 'protocol',
    root: 'packages/protocol/src',
    floors: [['.']],
  },
  {
    name: 'engine',
    root: 'apps/engine/src',
    floors: [
      ['kernel'],
      ['history/model', 'matching/model', 'visibility/model', 'schedules/model', 'deployments/model', 'api/model'],
      ['persistence/ports'],
      ['persistence/prisma', 'persistence/memory', 'persistence/conformance', 'persistence'],
      ['changefeed'],
      ['history', 'matching', 'visibility', 'schedules', 'deployments'],
      ['operations'],
      ['frontend', 'api', 'gateway', 'outbox', 'timers', 'scheduler', 'batches'],
      ['server'],
      ['.'],
    ],
    // Patterns and time zones are read without a clock: the moment they are asked about is given.
    pure: {
      rooms: ['kernel', 'history/model', 'matching/model', 'visibility/model', 'schedules/model', 'deployments/model', 'api/model'],
      packages: [...PURE, 'croner', '@date-fns/tz'],
    },
    /** Only the composition root and tests choose an adapter. */
    only: { 'persistence/prisma': ['server'], 'persistence/memory': ['server'] },
    /** The console's api and the gateway are clients of the protocol and of nothing else here. */
    isolated: ['api', 'gateway'],
    /** Where a package is known; everywhere else its name is a fault. */
    packages: [
      { prefix: '@prisma/', rooms: ['persistence/prisma'] },
      { prefix: '@libsql/', rooms: [] },
      { prefix: '@trpc/', rooms: ['api'] },
      { prefix: '@grpc/', rooms: [] },
      { prefix: '@tidemark/sdk', rooms: [] },
      { prefix: '@tidemark/protocol/server', rooms: ['operations', 'frontend', 'gateway', 'server'] },
      { prefix: 'prom-client', rooms: ['server'] },
      { prefix: 'jose', rooms: ['server'] },
      { prefix: 'selfsigned', rooms: [] },
      { prefix: 'node:child_process', rooms: ['server'] },
    ],
  },
  {
    name: 'sdk',
    root: 'packages/sdk/src',
    floors: [['common'], ['converter'], ['workflow', 'activity', 'client'], ['replay'], ['worker'], ['testing']],
    // Scopes travel with asynchronous calls; the realm is given its own form of this.
    pure: { rooms: ['workflow', 'replay'], packages: [...PURE, 'node:async_hooks'] },
    packages: [
      { prefix: 'node:async_hooks', rooms: ['workflow', 'activity', 'worker', 'testing', 'client'] },
      { prefix: 'node:vm', rooms: ['worker'] },
      { prefix: '@grpc/', rooms: [] },
      { prefix: '@tidemark/engine', rooms: [] },
    ],
  },
  {
    name: 'web',
    root: 'apps/web/src',
    floors: [['lib'], ['ui', 'domain'], ['data'], ['features/*'], ['app', '.']],
    packages: [
      // The console knows the engine's api by its types alone; its code stays on the other side of the wire.
      // The shapes of the api's rows are pure types, and what the views reckon with too.
      // What hides secrets in a row hides them in a payload: one rule, and no more than that.
      { prefix: '@tidemark/engine/api/model/secrets', rooms: ['ui', 'domain'] },
      { prefix: '@tidemark/engine/api/model/', rooms: ['domain', 'data'], typesOnly: true },
      { prefix: '@tidemark/engine/api', rooms: ['data'], typesOnly: true },
      // One fold of a history for both: pure code that needs nothing of the engine around it.
      { prefix: '@tidemark/engine/history-model/', rooms: ['domain'] },
      // The same for the times of a schedule.
      { prefix: '@tidemark/engine/schedules-model/', rooms: ['domain'] },
      { prefix: '@tidemark/engine', rooms: [] },
      // What a worker answers to a replay: the SDK's types, none of its code.
      { prefix: '@tidemark/sdk/replay', rooms: ['domain'], typesOnly: true },
      { prefix: '@tidemark/sdk', rooms: [] },
      { prefix: '@tidemark/protocol/client', rooms: [] },
      { prefix: '@tidemark/protocol/server', rooms: [] },
      // The codecs would bring the whole protobuf runtime into the browser.
      { prefix: '@tidemark/protocol/api', rooms: [] },
      { prefix: '@trpc/', rooms: ['data'] },
      { prefix: 'node:', rooms: ['data', 'app', '.'] },
    ],
  },
];
