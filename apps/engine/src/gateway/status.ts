/** Outcomes of a call as HTTP says them. */
import { api } from '@tidemark/protocol/api';
import type { RpcError } from '@tidemark/protocol/errors';
import { StatusCode } from '@tidemark/protocol/errors';
import type { Json } from '@tidemark/protocol/json-value';
import { toJson } from '@tidemark/protocol/json';
import type { Codec } from '@tidemark/protocol/services';

/** Of a caller that went away before its answer. */
const CLIENT_CLOSED_REQUEST = 499;

const statuses: Partial<Record<StatusCode, number>> = {
  [StatusCode.OK]: 200,
  [StatusCode.CANCELLED]: CLIENT_CLOSED_REQUEST,
  [StatusCode.INVALID_ARGUMENT]: 400,
  [StatusCode.FAILED_PRECONDITION]: 400,
  [StatusCode.OUT_OF_RANGE]: 400,
  [StatusCode.UNAUTHENTICATED]: 401,
  [StatusCode.PERMISSION_DENIED]: 403,
  [StatusCode.NOT_FOUND]: 404,
  [StatusCode.ALREADY_EXISTS]: 409,
  [StatusCode.ABORTED]: 409,
  [StatusCode.RESOURCE_EXHAUSTED]: 429,
  [StatusCode.UNIMPLEMENTED]: 501,
  [StatusCode.UNAVAILABLE]: 503,
  [StatusCode.DEADLINE_EXCEEDED]: 504,
};

export const httpStatusOf = (code: StatusCode): number => statuses[code] ?? 500;

/** A `google.rpc.Status` as JSON, each detail with the name of its type. */
export function errorBody({ code, message, details }: RpcError): Json {
  return {
    code,
    message,
    ...(details.length === 0 ? {} : { details: details.map(({ name, typeUrl, value }) => ({ '@type': typeUrl, ...fields(name, value) })) }),
  };
}

function fields(name: string, value: Uint8Array) {
  const codec = (api.errordetails.v1 as unknown as Readonly<Record<string, Codec | undefined>>)[name];
  return codec === undefined ? {} : toJson(codec, codec.decode(value), true);
}
