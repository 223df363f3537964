export type { Activities } from './activity-registry.ts';
export type { WorkflowBundle } from './bundler.ts';
export { BundleError, bundleWorkflows, readBundle } from './bundler.ts';
export type { ReplayerOptions } from './replayer.ts';
export { Replayer } from './replayer.ts';
export type { WorkerOptions, WorkerState } from './worker.ts';
export { Worker } from './worker.ts';
