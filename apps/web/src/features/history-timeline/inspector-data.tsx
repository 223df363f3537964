'use client';
import { useQuery } from '@tanstack/react-query';
import type { RunId } from '../../data/queries.ts';
import { eventBodies } from '../../data/queries.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { JsonView } from '../../ui/json-view.tsx';

type Body = Readonly<Record<string, unknown>>;

/** The input of the event that opened a group, or the result or failure of the one that closed it. */
export function InspectorData({ run, ids, part }: { run: RunId; ids: readonly number[]; part: 'input' | 'result' }) {
  const { data, isPending } = useQuery(eventBodies(run, ids));
  const bodies = (data ?? []).map((one) => attributesOf(one.body as Body));
  const found =
    part === 'input'
      ? bodies.map((body) => body['input'] ?? body['acceptedRequest'] ?? body['details']).find((value) => value !== undefined)
      : bodies.map((body) => body['result'] ?? body['outcome'] ?? body['failure']).findLast((value) => value !== undefined);
  const values = Array.isArray(found) ? found : found === undefined ? [] : [found];
  const text = values.map((value) => JSON.stringify(value, null, 2)).join('\n');
  return (
    <section className="sec">
      <h3>
        {part === 'input' ? 'Input' : 'Result'}
        {text ? <CopyButton text={text} what={part} /> : null}
      </h3>
      {text ? (
        <JsonView text={text} label={part} />
      ) : (
        <p className="small mid">{isPending ? '' : part === 'input' ? 'No input.' : 'Nothing yet.'}</p>
      )}
    </section>
  );
}

function attributesOf(body: Body): Body {
  const key = Object.keys(body).find((one) => one.endsWith('EventAttributes'));
  return key === undefined ? {} : (body[key] as Body);
}
