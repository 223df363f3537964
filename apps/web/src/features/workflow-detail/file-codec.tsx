'use client';
import { useMemo } from 'react';
import { codecServers, hasSealed, readFileBy, useCodec } from '../../data/codec.ts';
import type { OpenFile } from '../../data/imports.ts';
import { wireBody } from '../../domain/wire-body.ts';
import { CodecStrip } from './codec-strip.tsx';

/** A file is encoded from its beginning or not at all. */
const LOOKED_AT = 200;

/** Offers to have the encoded payloads of a file read, and says what then leaves the browser. */
export function FileCodec({ opened }: { opened: OpenFile }) {
  const { run, file } = opened;
  const { endpoint, namespace } = useCodec(run.namespace);
  const isSealed = useMemo(() => hasSealed(file.bodies.slice(0, LOOKED_AT).map(wireBody)), [file]);
  const servers = codecServers();
  if (!isSealed || (servers.length === 0 && endpoint === undefined)) return null;
  if (endpoint !== undefined)
    return (
      <>
        <p className="fcod mid">
          Encoded payloads of this file that you look at go from this browser to the codec server of <b>{namespace}</b>,{' '}
          <span className="mono">{endpoint}</span>. Nothing else of it leaves the browser.{' '}
          <button className="linkb" type="button" onClick={() => readFileBy(run.namespace, undefined)}>
            Stop
          </button>
        </p>
        <CodecStrip namespace={run.namespace} />
      </>
    );
  return (
    <p className="fcod mid">
      Payloads of this file are encoded. Nothing of it has left this browser. Have those that you look at read by the codec server of{' '}
      {servers.map((server) => (
        <button
          key={server.namespace}
          className="btn"
          type="button"
          title={server.endpoint}
          onClick={() => readFileBy(run.namespace, server.namespace)}
        >
          {server.namespace}
        </button>
      ))}
    </p>
  );
}
