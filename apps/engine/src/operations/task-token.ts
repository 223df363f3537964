/** Task tokens: opaque to workers, valid across restarts, and never trusted further than the run confirms. */
import { invalid } from './validate.ts';

export interface WorkflowTaskToken {
  readonly kind: 'workflow';
  readonly namespaceId: string;
  readonly workflowId: string;
  readonly runId: string;
  readonly scheduledEventId: number;
  readonly startedEventId: number;
  readonly attempt: number;
  readonly startedAt: number;
}

export interface ActivityTaskToken {
  readonly kind: 'activity';
  readonly namespaceId: string;
  readonly workflowId: string;
  readonly runId: string;
  readonly scheduledEventId: number;
  readonly attempt: number;
  readonly stamp: number;
}

export interface QueryTaskToken {
  readonly kind: 'query';
  readonly namespaceId: string;
  readonly queryId: string;
}

type TaskToken = WorkflowTaskToken | ActivityTaskToken | QueryTaskToken;

export const encodeTaskToken = (token: TaskToken): Uint8Array => Buffer.from(JSON.stringify(token));

/** Throws INVALID_ARGUMENT for bytes that are no token of this kind. */
export function decodeTaskToken<Kind extends TaskToken['kind']>(
  kind: Kind,
  bytes: Uint8Array | null | undefined,
): Extract<TaskToken, { kind: Kind }> {
  if (!bytes?.length) throw invalid('Task token not set on request.');
  const token = parse(bytes);
  if (!isToken(token, kind)) throw invalid('Error deserializing task token.');
  return token;
}

/** The namespace a token belongs to, before anything else is known of it. */
export function namespaceOfToken(bytes: Uint8Array | null | undefined): string | undefined {
  const token = parse(bytes);
  return typeof token === 'object' && token !== null && 'namespaceId' in token && typeof token.namespaceId === 'string'
    ? token.namespaceId
    : undefined;
}

function parse(bytes: Uint8Array | null | undefined): unknown {
  try {
    return JSON.parse(Buffer.from(bytes ?? []).toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}

const fields: Readonly<Record<TaskToken['kind'], Readonly<Record<string, 'string' | 'number'>>>> = {
  workflow: {
    namespaceId: 'string',
    workflowId: 'string',
    runId: 'string',
    scheduledEventId: 'number',
    startedEventId: 'number',
    attempt: 'number',
    startedAt: 'number',
  },
  activity: {
    namespaceId: 'string',
    workflowId: 'string',
    runId: 'string',
    scheduledEventId: 'number',
    attempt: 'number',
    stamp: 'number',
  },
  query: { namespaceId: 'string', queryId: 'string' },
};

function isToken<Kind extends TaskToken['kind']>(token: unknown, kind: Kind): token is Extract<TaskToken, { kind: Kind }> {
  if (typeof token !== 'object' || token === null) return false;
  const values = token as Readonly<Record<string, unknown>>;
  return values['kind'] === kind && Object.entries(fields[kind]).every(([name, type]) => typeof values[name] === type);
}
