'use client';
import { codecHint, useCodec } from '../../data/codec.ts';
import type { RunId } from '../../data/queries.ts';
import { partOf, useWireBodies } from '../../data/run-payloads.ts';
import { isBody } from '../../domain/payload-json.ts';
import { payloadsIn, readExact } from '../../domain/wire-payload.ts';
import { MaskedJson } from '../../ui/payload/masked-json.tsx';
import { PayloadList } from '../../ui/payload/payload-list.tsx';

/** Where an event has it, the likeliest first. */
const FIELDS = { input: ['input', 'acceptedRequest', 'details'], result: ['result', 'outcome', 'failure'] } as const;

/** The input of the event that opened a group, or the result or failure of the one that closed it. */
export function InspectorData({ run, ids, part }: { run: RunId; ids: readonly number[]; part: 'input' | 'result' }) {
  const { bodies, isPending } = useWireBodies(run, ids);
  const hint = codecHint(useCodec(run.namespace));
  const found = (bodies ?? []).flatMap((body) => FIELDS[part].flatMap((field) => partOf(run, body, field) ?? []));
  const shown = part === 'input' ? found[0] : found.at(-1);
  const title = part === 'input' ? 'Input' : 'Result';
  return (
    <section className="sec">
      <h3>{title}</h3>
      {shown === undefined ? (
        <p className="small mid">{isPending ? '' : part === 'input' ? 'No input.' : 'Nothing yet.'}</p>
      ) : (
        <>
          {isMore(shown.node) ? (
            <MaskedJson value={readExact(shown.node)} label={title} place={`${part} of event ${ids.join(', ')}`} />
          ) : null}
          <PayloadList label={title} payloads={shown.payloads} hint={hint} isNamed={isMore(shown.node)} />
        </>
      )}
    </section>
  );
}

/** A failure has words beside its payloads, and some fields have no payloads at all. */
const isMore = (node: unknown): boolean => payloadsIn(node).length === 0 || (isBody(node) && ('message' in node || 'failure' in node));
