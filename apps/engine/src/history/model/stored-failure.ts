/** How a failure is kept beside history, where it is kept once for every attempt. */
import { api } from '@tidemark/protocol/api';
import type { temporal } from '@tidemark/protocol/types';
import { oversizedFailure } from './oversized-failure.ts';

const { Failure } = api.failure.v1;
type IFailure = temporal.api.failure.v1.IFailure;

/** What a Started event or describe shows of an earlier attempt. Long failures are cut so that retries stay cheap; heartbeat details are kept elsewhere. */
export function storedFailure(given: IFailure, bytesMax: number): Uint8Array {
  const timeout = given.timeoutFailureInfo;
  const failure = timeout ? { ...given, timeoutFailureInfo: { timeoutType: timeout.timeoutType ?? 0 } } : given;
  const bytes = Failure.encode(failure).finish();
  return bytes.byteLength <= bytesMax ? bytes : Failure.encode(oversizedFailure(failure, { bytesMax, nonRetryable: false })).finish();
}
