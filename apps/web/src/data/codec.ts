'use client';
/** The codec server of a namespace: where it is, the token for it, and what it made of payloads. The engine has no part in this. */
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { CODEC_COOKIE, checkEndpoint, cookieOf } from '../domain/codec-endpoint.ts';
import { isBody, isWirePayload } from '../domain/payload-json.ts';
import type { WirePayload } from '../domain/wire-payload.ts';
import { encodingOf, isCut, mapPayloads } from '../domain/wire-payload.ts';
import type { CodecTrouble } from './codec-client.ts';
import { CodecClient, CodecError } from './codec-client.ts';
import { fileOf } from './paths.ts';
import { preferences, setPreferences, usePreference } from './preferences.ts';

const ANSWER_MS = 15_000;
/** What the console reads itself goes to no other server. */
const PLAIN: ReadonlySet<string> = new Set(['json/plain', 'json/protobuf', 'binary/null', 'binary/plain', 'binary/protobuf', 'unknown']);

/** In memory alone: a token outlives no page. */
const tokens = new Map<string, string>();
const clients = new Map<string, CodecClient>();
const listeners = new Set<() => void>();
let version = 0;

function publish(): void {
  version += 1;
  for (const listener of listeners) listener();
}

/** Of a file: the namespace whose codec server reads it. Its reader says so, for as long as the page stays. */
const readersOfFiles = new Map<string, string>();

interface Server {
  readonly namespace: string;
  readonly endpoint: string;
}

/** The codec server for the payloads of a namespace, or of a file. */
function serverOf(namespace: string): Server | undefined {
  const served = fileOf(namespace) === undefined ? namespace : readersOfFiles.get(namespace);
  const checked = served === undefined ? undefined : checkEndpoint(preferences().codecs[served] ?? '');
  return served !== undefined && checked?.ok ? { namespace: served, endpoint: checked.endpoint } : undefined;
}

/** Every codec server that this browser knows. */
export const codecServers = (): readonly Server[] => Object.keys(preferences().codecs).flatMap((namespace) => serverOf(namespace) ?? []);

/** Has the payloads of a file read by the codec server of a namespace, or by none. */
export function readFileBy(file: string, namespace: string | undefined): void {
  if (namespace === undefined) readersOfFiles.delete(file);
  else readersOfFiles.set(file, namespace);
  publish();
}

/** Sends payloads to `{endpoint}/decode`, as the protocol's codec servers take them. Throws CodecError. */
export async function decodeAt(endpoint: string, namespace: string, payloads: readonly WirePayload[]): Promise<readonly WirePayload[]> {
  const token = tokens.get(namespace);
  const response = await fetch(`${endpoint}/decode`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-namespace': namespace,
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ payloads: payloads.map(({ metadata, data }) => ({ metadata, data: data ?? '' })) }),
    credentials: 'omit',
    redirect: 'error',
    referrerPolicy: 'no-referrer',
    cache: 'no-store',
    signal: AbortSignal.timeout(ANSWER_MS),
  }).catch((error: unknown) => {
    const isLate = error instanceof DOMException && error.name === 'TimeoutError';
    throw new CodecError(isLate ? 'It did not answer within 15 s.' : 'No answer that this page may read.');
  });
  if (!response.ok) throw new CodecError(`It answered ${response.status} ${response.statusText}.`.replace(' .', '.'), response.status);
  const body: unknown = await response.json().catch(() => undefined);
  const answered: readonly unknown[] | undefined = isBody(body) && Array.isArray(body['payloads']) ? body['payloads'] : undefined;
  if (answered === undefined || !answered.every((one) => isWirePayload(one)))
    throw new CodecError('Its answer has no list of payloads.', response.status);
  return answered;
}

function clientOf({ namespace, endpoint }: Server): CodecClient {
  const key = JSON.stringify([namespace, endpoint]);
  const client = clients.get(key) ?? new CodecClient((payloads) => decodeAt(endpoint, namespace, payloads), publish);
  clients.set(key, client);
  return client;
}

/** Keeps an endpoint, or none. The page's policy knows it from the next load on; true when it has to be loaded for that. */
export function setCodecEndpoint(namespace: string, endpoint: string): boolean {
  const { [namespace]: _old, ...others } = preferences().codecs;
  const codecs = endpoint === '' ? others : { ...others, [namespace]: endpoint };
  setPreferences({ codecs });
  const cookie = cookieOf(Object.values(codecs));
  const isNew = !document.cookie.split('; ').includes(`${CODEC_COOKIE}=${cookie}`);
  const secure = location.protocol === 'https:' ? '; secure' : '';
  document.cookie = `${CODEC_COOKIE}=${cookie}; path=/; samesite=strict; max-age=${cookie === '' ? 0 : 31_536_000}${secure}`;
  publish();
  return isNew && endpoint !== '';
}

export function setCodecToken(namespace: string, token: string): void {
  if (token === '') tokens.delete(namespace);
  else tokens.set(namespace, token);
  retryCodec(namespace);
}

export function retryCodec(namespace: string): void {
  const server = serverOf(namespace);
  if (server !== undefined) clientOf(server).forgive();
  publish();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
};
const useVersion = (): number =>
  useSyncExternalStore(
    subscribe,
    () => version,
    () => 0,
  );

export interface Codec {
  readonly endpoint: string | undefined;
  /** Whose codec server it is: of a file, the namespace that its reader chose. */
  readonly namespace: string | undefined;
  readonly hasToken: boolean;
  readonly trouble: CodecTrouble | undefined;
}

export function useCodec(namespace: string): Codec {
  useVersion();
  usePreference('codecs');
  const server = serverOf(namespace);
  const trouble = server === undefined ? undefined : clientOf(server).trouble;
  return { endpoint: server?.endpoint, namespace: server?.namespace, hasToken: tokens.has(server?.namespace ?? namespace), trouble };
}

/** Some of these payloads only a codec server can read. */
export function hasSealed(tree: unknown): boolean {
  let found = false;
  mapPayloads(tree, (wire) => {
    found ||= needsCodec(wire);
  });
  return found;
}

const needsCodec = (wire: WirePayload): boolean => !isCut(wire) && !PLAIN.has(encodingOf(wire));

/** Any part of an event with the payloads in it as the codec server reads them; those that it has not read stay as they are. */
export function useDecoded<Tree>(namespace: string, tree: Tree): Tree {
  const now = useVersion();
  usePreference('codecs');
  const server = serverOf(namespace);
  const [reader, endpoint] = [server?.namespace ?? '', server?.endpoint];
  const sealed = useMemo(() => {
    const found: WirePayload[] = [];
    mapPayloads(tree, (wire) => {
      if (needsCodec(wire)) found.push(wire);
    });
    return found;
  }, [tree]);
  useEffect(() => {
    if (endpoint !== undefined && sealed.length > 0) clientOf({ namespace: reader, endpoint }).ask(sealed);
  }, [reader, endpoint, sealed, now]);
  return useMemo(() => {
    if (endpoint === undefined || sealed.length === 0) return tree;
    const client = clientOf({ namespace: reader, endpoint });
    // The shape stays: a payload stands where a payload stood. `now` says that there is more to read.
    return (now >= 0 ? mapPayloads(tree, (wire) => client.answerTo(wire) ?? wire) : tree) as Tree;
  }, [reader, endpoint, sealed, tree, now]);
}

/** The same for what is not on a page: all of it, or an error. */
export async function decodeAll(namespace: string, tree: unknown): Promise<unknown> {
  const server = serverOf(namespace);
  if (server === undefined) return tree;
  const sealed: WirePayload[] = [];
  mapPayloads(tree, (wire) => {
    if (needsCodec(wire)) sealed.push(wire);
  });
  const answers = new Map<WirePayload, WirePayload>();
  for (let from = 0; from < sealed.length; from += 500) {
    const batch = sealed.slice(from, from + 500);
    const got = await decodeAt(server.endpoint, server.namespace, batch);
    for (const [index, wire] of batch.entries()) answers.set(wire, got[index] ?? wire);
  }
  return mapPayloads(tree, (wire) => answers.get(wire) ?? wire);
}

/** What a reader can do about a payload that stayed encoded. */
export function codecHint({ endpoint, trouble }: Codec): string {
  if (endpoint === undefined) return 'A codec server can read it: name one in the settings of the namespace.';
  return trouble === undefined ? 'The codec server has not read it.' : 'The codec server could not be asked.';
}
