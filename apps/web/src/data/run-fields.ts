'use client';
import { useQuery } from '@tanstack/react-query';
import { hasHidden } from '../domain/hidden-value.ts';
import type { Body } from '../domain/payload-json.ts';
import { isBody } from '../domain/payload-json.ts';
import { payloadsIn, readExact } from '../domain/wire-payload.ts';
import { useDecoded } from './codec.ts';
import { fileOf } from './paths.ts';
import { rawDescription } from './queries.ts';
import type { RunView } from './run-view.ts';

interface RunFields {
  readonly memo: Body | undefined;
  readonly searchAttributes: Body | undefined;
}

/**
 * As the server has them now, which may be more than the run was started with. The description of a run comes without what is secret in
 * them, and with a memo that no codec server read: both are read where they are shown.
 */
export function useRunFields({ run, description }: Pick<RunView, 'run' | 'description'>): RunFields {
  const { memo, searchAttributes } = description ?? {};
  const isAsked = Object.keys(memo ?? {}).length > 0 || hasHidden(searchAttributes);
  const { data } = useQuery({ ...rawDescription(run, false), enabled: isAsked && fileOf(run.namespace) === undefined });
  const info = isAsked && isBody(data) ? data['workflowExecutionInfo'] : undefined;
  const wire = useDecoded(run.namespace, isBody(info) && isBody(info['memo']) ? info['memo']['fields'] : undefined);
  const read = isBody(wire) && payloadsIn(wire).length > 0 ? readExact(wire) : undefined;
  const attributes =
    hasHidden(searchAttributes) && isBody(info) && isBody(info['searchAttributes'])
      ? readExact(info['searchAttributes']['indexedFields'])
      : undefined;
  return { memo: isBody(read) ? read : memo, searchAttributes: isBody(attributes) ? attributes : searchAttributes };
}
