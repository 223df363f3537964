/** Every bound of the engine, in one place. Bytes, milliseconds or counts, as the name says. */
export interface Limits {
  readonly idBytesMax: number;
  readonly blobBytesMax: number;
  readonly memoBytesMax: number;
  readonly requestBytesMax: number;
  readonly bufferedEventsMax: number;
  readonly bufferedBytesMax: number;
  readonly signalsMax: number;
  readonly pendingActivitiesMax: number;
  readonly pendingChildrenMax: number;
  /** Of signals and of cancel requests, each. */
  readonly pendingExternalsMax: number;
  readonly bufferedQueriesMax: number;
  readonly historyEventsMax: number;
  readonly historyBytesMax: number;
  /** Of what a run remembers beside its history. */
  readonly stateBytesMax: number;
  readonly suggestContinueAsNewEvents: number;
  readonly suggestContinueAsNewBytes: number;
  readonly suggestContinueAsNewUpdates: number;
  readonly updatesInFlightMax: number;
  readonly updatesInFlightBytesMax: number;
  readonly updatesMax: number;
  readonly storedFailureBytesMax: number;
  readonly workflowTaskTimeoutDefaultMs: number;
  readonly workflowTaskTimeoutMaxMs: number;
  readonly workflowTaskHeartbeatSpanMs: number;
  readonly historyPageBatchesMax: number;
  readonly visibilityPageMax: number;
  /** A sticky worker that has not polled for this long is taken for gone. */
  readonly stickyWorkerAliveMs: number;
  readonly taskPollMs: number;
  readonly longPollMs: number;
  readonly longPollMarginMs: number;
  readonly continueAsNewIntervalMinMs: number;
  readonly linksMax: number;
  readonly retentionMinMs: number;
  /** Runs that one batch job may name one by one. */
  readonly batchTargetsMax: number;
  /** Also what a job may ask for at most. */
  readonly batchOperationsPerSecond: number;
  readonly batchConcurrency: number;
  /** Of a namespace. */
  readonly deploymentsMax: number;
  readonly deploymentVersionsMax: number;
  readonly versionQueuesMax: number;
}

const MIB = 1024 * 1024;

/** Of the search attributes of one request or command: how many, the bytes of one value and of all together. */
export const searchAttributeLimits = { keys: 100, valueBytes: 2048, totalBytes: 40 * 1024 };

export const defaultLimits: Limits = {
  idBytesMax: 1000,
  blobBytesMax: 2 * MIB,
  memoBytesMax: 2 * MIB,
  requestBytesMax: 4 * MIB,
  bufferedEventsMax: 100,
  bufferedBytesMax: 2 * MIB,
  signalsMax: 10_000,
  pendingActivitiesMax: 2000,
  pendingChildrenMax: 2000,
  pendingExternalsMax: 2000,
  bufferedQueriesMax: 1,
  historyEventsMax: 50 * 1024,
  historyBytesMax: 50 * MIB,
  stateBytesMax: 8 * MIB,
  suggestContinueAsNewEvents: 4 * 1024,
  suggestContinueAsNewBytes: 4 * MIB,
  suggestContinueAsNewUpdates: 1800,
  updatesInFlightMax: 10,
  updatesInFlightBytesMax: 20 * MIB,
  updatesMax: 2000,
  storedFailureBytesMax: 4 * 1024,
  workflowTaskTimeoutDefaultMs: 10_000,
  workflowTaskTimeoutMaxMs: 120_000,
  workflowTaskHeartbeatSpanMs: 30 * 60_000,
  historyPageBatchesMax: 256,
  visibilityPageMax: 1000,
  stickyWorkerAliveMs: 10_000,
  taskPollMs: 60_000,
  longPollMs: 20_000,
  longPollMarginMs: 1000,
  continueAsNewIntervalMinMs: 1000,
  linksMax: 10,
  retentionMinMs: 60 * 60_000,
  batchTargetsMax: 1000,
  batchOperationsPerSecond: 50,
  batchConcurrency: 5,
  deploymentsMax: 100,
  deploymentVersionsMax: 100,
  versionQueuesMax: 100,
};
