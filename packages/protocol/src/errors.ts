/** Errors as they travel: a status code, a text, and typed details in the `grpc-status-details-bin` trailer. */
import { api, google } from './api.ts';
import type { google as googleTypes, temporal } from './types.ts';

export const StatusCode = {
  OK: 0,
  CANCELLED: 1,
  UNKNOWN: 2,
  INVALID_ARGUMENT: 3,
  DEADLINE_EXCEEDED: 4,
  NOT_FOUND: 5,
  ALREADY_EXISTS: 6,
  PERMISSION_DENIED: 7,
  RESOURCE_EXHAUSTED: 8,
  FAILED_PRECONDITION: 9,
  ABORTED: 10,
  OUT_OF_RANGE: 11,
  UNIMPLEMENTED: 12,
  INTERNAL: 13,
  UNAVAILABLE: 14,
  DATA_LOSS: 15,
  UNAUTHENTICATED: 16,
} as const;
export type StatusName = keyof typeof StatusCode;
export type StatusCode = (typeof StatusCode)[StatusName];

const names = new Map<number, StatusName>(Object.entries(StatusCode).map(([name, code]) => [code, name as StatusName]));
export const statusName = (code: number): StatusName => names.get(code) ?? 'UNKNOWN';

type DetailMessages = typeof temporal.api.errordetails.v1;
/** A message and the fields it may be made of. */
interface Message<Fields, Value> {
  create(fields?: Fields): Value;
}
/** The error details that SDKs look for, by the name of their message. */
export type DetailName = keyof DetailMessages;
export type DetailFields<Name extends DetailName> = DetailMessages[Name] extends Message<infer Fields, infer _Value> ? Fields : never;
type DetailValue<Name extends DetailName> = DetailMessages[Name] extends Message<infer _Fields, infer Value> ? Value : never;

/** One typed detail. SDKs choose their error class from the first one, so its type URL must be exact. */
export interface Detail {
  readonly name: string;
  readonly typeUrl: string;
  readonly value: Uint8Array;
}

export function detail<Name extends DetailName>(name: Name, fields: NonNullable<DetailFields<Name>>): Detail {
  const codec = api.errordetails.v1[name] as unknown as { encode(message: object): { finish(): Uint8Array } };
  return { name, typeUrl: `type.googleapis.com/temporal.api.errordetails.v1.${name}`, value: codec.encode(fields).finish() };
}

/** The part of a multi-operation that was not done because another one failed. It has no fields, and lives beside the failures. */
export const operationAborted: Detail = {
  name: 'MultiOperationExecutionAborted',
  typeUrl: 'type.googleapis.com/temporal.api.failure.v1.MultiOperationExecutionAborted',
  value: new Uint8Array(),
};

/** A call that failed, on either side of the wire. `message` is the text a caller reads; it never holds a payload. */
export class RpcError extends Error {
  override readonly name = 'RpcError';
  constructor(
    readonly code: StatusCode,
    message: string,
    readonly details: readonly Detail[] = [],
  ) {
    super(message);
  }

  /** The fields of a detail by its short name, or nothing when the error does not carry it. */
  find<Name extends DetailName>(name: Name): DetailValue<Name> | undefined {
    const found = this.details.find((one) => one.name === name);
    if (found === undefined) return undefined;
    const codec = api.errordetails.v1[name] as unknown as { decode(bytes: Uint8Array): DetailValue<Name> };
    return codec.decode(found.value);
  }
}

/** The bytes of the `grpc-status-details-bin` trailer. */
export function encodeStatus(error: RpcError): Uint8Array {
  const details = error.details.map((one) => ({ type_url: one.typeUrl, value: one.value }));
  return google.rpc.Status.encode({ code: error.code, message: error.message, details }).finish();
}

export function decodeDetails(bytes: Uint8Array): Detail[] {
  const status: googleTypes.rpc.IStatus = google.rpc.Status.decode(bytes);
  return (status.details ?? []).map((any) => {
    const typeUrl = any.type_url ?? '';
    return { name: typeUrl.split('.').pop() ?? '', typeUrl, value: any.value ?? new Uint8Array() };
  });
}
