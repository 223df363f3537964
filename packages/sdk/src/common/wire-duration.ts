import type { google } from '@tidemark/protocol/types';

type WireDuration = google.protobuf.IDuration;

/** Milliseconds as the protocol's duration. Free of Node, so that the workflow sandbox can use it. */
export function toWireDuration(ms: number): WireDuration {
  const seconds = Math.trunc(ms / 1000);
  // The codec takes plain numbers where its type says Long; every duration of this protocol stays below 2^53 seconds.
  return { seconds: seconds as unknown as NonNullable<WireDuration['seconds']>, nanos: Math.round((ms - seconds * 1000) * 1e6) };
}

export function fromWireDuration(value: WireDuration | null | undefined): number | undefined {
  if (value === null || value === undefined) return undefined;
  return Number(value.seconds ?? 0) * 1000 + (value.nanos ?? 0) / 1e6;
}
