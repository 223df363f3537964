/** Types of the wire protocol, under the names the protocol gives them. Types only: the values are in `api.ts`. */
export type { google, grpc, temporal } from '@temporalio/proto';
