/** A failure that is too long to be kept: what fits of it, as the cause of one that says so. */
import { api } from '@tidemark/protocol/api';
import type { temporal } from '@tidemark/protocol/types';

const { Failure } = api.failure.v1;
type IFailure = temporal.api.failure.v1.IFailure;

/** Tags and lengths of the two texts in their message. */
const FRAME_BYTES = 8;

/** What holds it all keeps the kind of the original as far as retries depend on it; details, encoded attributes and causes are left out. */
export function oversizedFailure(original: IFailure, { bytesMax, nonRetryable }: { bytesMax: number; nonRetryable: boolean }): IFailure {
  return {
    message: 'Failure exceeds size limit.',
    source: 'Server',
    serverFailureInfo: { nonRetryable },
    cause: shortened(original, bytesMax),
  };
}

function shortened({ message, source, stackTrace, applicationFailureInfo, serverFailureInfo }: IFailure, bytesMax: number): IFailure {
  const kind: IFailure = {
    source: source ?? '',
    ...(applicationFailureInfo
      ? { applicationFailureInfo: { type: applicationFailureInfo.type ?? '', nonRetryable: applicationFailureInfo.nonRetryable ?? false } }
      : {}),
    ...(serverFailureInfo ? { serverFailureInfo } : {}),
  };
  const room = bytesMax - Failure.encode(kind).len - FRAME_BYTES;
  const kept = beginning(message ?? '', room);
  return { ...kind, message: kept, stackTrace: beginning(stackTrace ?? '', room - encoder.encode(kept).byteLength) };
}

const encoder = new TextEncoder();

/** As many whole characters as fit. */
const beginning = (text: string, bytesMax: number): string =>
  text.slice(0, encoder.encodeInto(text, new Uint8Array(Math.max(bytesMax, 0))).read);
