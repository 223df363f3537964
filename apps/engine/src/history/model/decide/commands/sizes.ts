/** How much a command may carry: what a worker sends again with every attempt must not grow without end, so too much ends the run. */
import { api } from '@tidemark/protocol/api';
import type { temporal } from '@tidemark/protocol/types';
import type { Limits } from '../../../../kernel/limits.ts';
import { searchAttributeLimits } from '../../../../kernel/limits.ts';

const { Memo, Payload, Payloads } = api.common.v1;
const { Failure } = api.failure.v1;

/** What any command may carry under these names. */
interface Carried {
  readonly input?: temporal.api.common.v1.IPayloads | null;
  readonly result?: temporal.api.common.v1.IPayloads | null;
  readonly failure?: temporal.api.failure.v1.IFailure | null;
  /** Of a cancellation payloads, of a marker payloads by name. */
  readonly details?: temporal.api.common.v1.IPayloads | Readonly<Record<string, temporal.api.common.v1.IPayloads>> | null;
  readonly memo?: temporal.api.common.v1.IMemo | null;
  readonly upsertedMemo?: temporal.api.common.v1.IMemo | null;
  readonly searchAttributes?: temporal.api.common.v1.ISearchAttributes | null;
}

/** The name of the field that holds too much, or nothing. */
export function faultOfSize(attributes: object, limits: Limits): string | undefined {
  // Every command is looked at by the names of its fields; those it does not have are absent.
  const carried: Carried = attributes;
  const { blobBytesMax, memoBytesMax } = limits;
  if (carried.input && Payloads.encode(carried.input).len > blobBytesMax) return 'Input';
  if (carried.result && Payloads.encode(carried.result).len > blobBytesMax) return 'Result';
  if (carried.failure && Failure.encode(carried.failure).len > blobBytesMax) return 'Failure';
  if (carried.details && detailsBytes(carried.details) > blobBytesMax) return 'Details';
  if (carried.memo && Memo.encode(carried.memo).len > memoBytesMax) return 'Memo';
  if (carried.upsertedMemo && Memo.encode(carried.upsertedMemo).len > memoBytesMax) return 'UpsertedMemo';
  return carried.searchAttributes ? faultOfAttributes(carried.searchAttributes) : undefined;
}

function detailsBytes(details: NonNullable<Carried['details']>): number {
  if ('payloads' in details && Array.isArray(details.payloads)) return Payloads.encode({ payloads: details.payloads }).len;
  let bytes = 0;
  for (const payloads of Object.values(details)) bytes += Payloads.encode(payloads).len;
  return bytes;
}

function faultOfAttributes({ indexedFields }: temporal.api.common.v1.ISearchAttributes): string | undefined {
  let total = 0;
  for (const [name, payload] of Object.entries(indexedFields ?? {})) {
    const { len } = Payload.encode(payload);
    if (len > searchAttributeLimits.valueBytes) return `SearchAttributes.${name}`;
    total += len + name.length;
  }
  return total > searchAttributeLimits.totalBytes ? 'SearchAttributes' : undefined;
}
