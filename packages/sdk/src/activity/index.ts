/** What activity code imports: `import * as activity from '@tidemark/sdk/activity'`. */
export type { ActivityInfo, CancellationCause } from './context.ts';
export {
  cancellationSignal,
  cancelled,
  completeAsync,
  heartbeat,
  inActivity,
  info,
  logger,
  sleep,
  workerShutdownSignal,
} from './context.ts';
export type { ActivityFunction, DefnOptions } from './definition.ts';
export { defn } from './definition.ts';
export { ApplicationFailure, CancelledFailure } from '../common/failures.ts';
