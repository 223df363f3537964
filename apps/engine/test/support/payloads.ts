/** Text as payloads, and back. */
import type { temporal } from '@tidemark/protocol/types';

type Payload = temporal.api.common.v1.IPayload;
type Payloads = temporal.api.common.v1.IPayloads;

export const payloadOf = (value: unknown): Payload => ({
  metadata: { encoding: Buffer.from('json/plain') },
  data: Buffer.from(JSON.stringify(value)),
});
export const payloadsOf = (...values: readonly unknown[]): Payloads => ({ payloads: values.map(payloadOf) });

export const valueOf = (payload: Payload | null | undefined): unknown =>
  payload?.data?.length ? (JSON.parse(Buffer.from(payload.data).toString('utf8')) as unknown) : undefined;
export const valuesOf = (payloads: Payloads | null | undefined): readonly unknown[] => (payloads?.payloads ?? []).map(valueOf);
