/** Message codecs and enum values of the wire protocol, under the names the protocol gives them. */
import { createRequire } from 'node:module';
import type * as Proto from '@temporalio/proto';

// The package is CommonJS without statically visible names, so an ESM import would see only a default export.
const root = createRequire(import.meta.url)('@temporalio/proto') as typeof Proto;

export const api: typeof Proto.temporal.api = root.temporal.api;
export const google: typeof Proto.google = root.google;
export const grpc: typeof Proto.grpc = root.grpc;
