import { fromTimestamp } from '@tidemark/protocol/time';
import type { google } from '@tidemark/protocol/types';

/** Milliseconds since the epoch. Some servers say "never" as the first moment of the year one. */
export function momentOf(timestamp: google.protobuf.ITimestamp | null | undefined): number | undefined {
  const at = fromTimestamp(timestamp);
  return at === undefined || at <= 0 ? undefined : at;
}
