'use client';
import { useQuery } from '@tanstack/react-query';
import { attributesOf } from '../domain/event-body.ts';
import { isBody } from '../domain/payload-json.ts';
import type { PayloadBox } from '../domain/wire-payload.ts';
import { isCut, payloadsIn, toBox } from '../domain/wire-payload.ts';
import { decodeAll, useDecoded } from './codec.ts';
import type { RunId } from './queries.ts';
import { wireBodies } from './queries.ts';
import type { EventBody } from './run-source.ts';
import { sourceOf } from './run-source.ts';

export interface ReadPayload {
  /** Where it stands in its event: `input 2`. */
  readonly name: string;
  readonly payload: PayloadBox;
  /** What holds it: `event 5`. */
  readonly source: string;
  /** Gets all of it, where only the beginning is here. */
  readonly onWhole: (() => Promise<PayloadBox>) | undefined;
}

export interface EventPart {
  /** The field as the wire has it, payloads read by the codec server where there is one. */
  readonly node: unknown;
  readonly payloads: readonly ReadPayload[];
}

/** Events as they were written, with what a codec server made of their payloads. */
export function useWireBodies(run: RunId, ids: readonly number[]) {
  const { data, error, isPending } = useQuery(wireBodies(run, ids));
  return { bodies: useDecoded(run.namespace, data), error, isPending };
}

const fieldOf = (body: unknown, field: string | undefined): unknown => {
  const attributes = isBody(body) ? attributesOf(body) : {};
  return field === undefined ? attributes : attributes[field];
};

/** One field of an event, or all of them; undefined when the event has no such field. */
export function partOf(run: RunId, { id, body }: EventBody, field?: string): EventPart | undefined {
  const node = fieldOf(body, field);
  if (node === undefined) return undefined;
  const found = payloadsIn(node, field === undefined ? [] : [field]);
  const whole = async (index: number): Promise<PayloadBox> => {
    const [event] = await sourceOf(run).wire(run, [id], { full: true });
    const wire = payloadsIn(fieldOf(event?.body, field))[index]?.wire;
    if (wire === undefined) throw new Error('The event no longer has this payload.');
    // What a codec server cannot read now is still there as it was written.
    const [read] = payloadsIn(await decodeAll(run.namespace, wire).catch(() => wire));
    return toBox(read?.wire ?? wire);
  };
  return {
    node,
    payloads: found.map(({ name, wire }, index) => ({
      name,
      payload: toBox(wire),
      source: `event ${id}`,
      onWhole: isCut(wire) ? () => whole(index) : undefined,
    })),
  };
}
