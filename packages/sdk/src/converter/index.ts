export { fromFailure, toFailure } from './failure-converter.ts';
export type { Payload, PayloadCodec, PayloadConverter, Payloads } from './payload.ts';
export { ConversionError, defaultPayloadConverter, fromPayloads, toPayload, toPayloads } from './payload.ts';
