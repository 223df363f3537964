/** Between the protocol's timestamps and durations and plain milliseconds. */
import Long from 'long';
import type { google } from './types.ts';

type Integer = google.protobuf.ITimestamp['seconds'];

/** A 64-bit integer of the wire as a number. Every such field of this protocol stays below 2^53. */
export function toNumber(value: Integer | number | string | bigint): number {
  if (value === null || value === undefined) return 0;
  if (typeof value === 'number') return value;
  return typeof value === 'object' ? value.toNumber() : Number(value);
}

/** Milliseconds since the epoch, with the sub-millisecond part as a fraction; undefined when the field is not set. */
export function fromTimestamp(value: google.protobuf.ITimestamp | null | undefined): number | undefined {
  if (value === null || value === undefined) return undefined;
  return toNumber(value.seconds) * 1000 + (value.nanos ?? 0) / 1e6;
}

export function toTimestamp(ms: number): google.protobuf.ITimestamp {
  return split(ms);
}

/** Milliseconds; undefined when the field is not set, which some rules tell apart from zero. */
export function fromDuration(value: google.protobuf.IDuration | null | undefined): number | undefined {
  if (value === null || value === undefined) return undefined;
  return toNumber(value.seconds) * 1000 + (value.nanos ?? 0) / 1e6;
}

export function toDuration(ms: number): google.protobuf.IDuration {
  return split(ms);
}

function split(ms: number): { seconds: Long; nanos: number } {
  const seconds = Math.trunc(ms / 1000);
  return { seconds: Long.fromNumber(seconds), nanos: Math.round((ms - seconds * 1000) * 1e6) };
}

/** A number as a 64-bit integer of the wire. */
export const toLong = (value: number): Long => Long.fromNumber(value);
