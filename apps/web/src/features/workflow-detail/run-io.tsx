'use client';
import { useQuery } from '@tanstack/react-query';
import { useRunParams } from '../../data/run-params.ts';
import { eventBodies } from '../../data/queries.ts';
import type { RunView } from '../../data/run-view.ts';
import { useRunView } from '../../data/run-view.ts';
import { isOpen } from '../../domain/status.ts';
import { formatDuration } from '../../lib/duration.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { JsonView } from '../../ui/json-view.tsx';

interface Body {
  readonly [key: string]: unknown;
}
const field = (value: unknown, name: string): unknown => (value !== null && typeof value === 'object' ? (value as Body)[name] : undefined);

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The attributes of an event body: the one member whose name ends so. */
function attributesOf(body: unknown): unknown {
  const key = Object.keys((body as Body | undefined) ?? {}).find((one) => one.endsWith('EventAttributes'));
  return key === undefined ? undefined : field(body, key);
}

export function RunIo() {
  const run = useRunParams();
  const view = useRunView(run);
  const { events, description } = view;
  const lastId = events.at(-1)?.id ?? 1;
  const open = description === undefined || isOpen(description.status);
  const { data } = useQuery(eventBodies(run, events.length === 0 ? [] : open ? [1] : [1, lastId]));
  const started = attributesOf(data?.find((one) => one.id === 1)?.body);
  const closed = open ? undefined : attributesOf(data?.find((one) => one.id === lastId)?.body);
  const input = field(started, 'input');
  const result = field(closed, 'result');
  const failure = field(closed, 'failure');
  return (
    <div className="scroll">
      <div className="io">
        <Side
          title="Input"
          values={Array.isArray(input) ? input : undefined}
          empty="It was started without arguments."
          isLoading={data === undefined}
        />
        {failure !== undefined ? (
          <Side title="Failure" values={[failure]} empty="" isLoading={false} />
        ) : (
          <Side
            title="Result"
            values={Array.isArray(result) ? result : undefined}
            empty={open ? 'Not yet: the run is open.' : 'It returned nothing.'}
            isLoading={data === undefined}
          />
        )}
        <Facts view={view} started={started} />
        <Named title="Search attributes" values={description?.searchAttributes} />
        <Named title="Memo" values={description?.memo} />
      </div>
    </div>
  );
}

function Side({
  title,
  values,
  empty,
  isLoading,
}: {
  title: string;
  values: readonly unknown[] | undefined;
  empty: string;
  isLoading: boolean;
}) {
  const text = values?.map((value) => JSON.stringify(value, null, 2)).join('\n');
  return (
    <section>
      <h2>
        {title}
        {text ? <CopyButton text={text} what={title.toLowerCase()} /> : null}
      </h2>
      {text ? <JsonView text={text} label={title} /> : <p className="mid">{isLoading ? '' : empty}</p>}
    </section>
  );
}

function Facts({ view, started }: { view: RunView; started: unknown }) {
  const { description, run } = view;
  if (description === undefined) return null;
  const limit = (ms: number) => (ms > 0 ? formatDuration(ms) : 'none');
  return (
    <section>
      <h2>Facts</h2>
      <dl className="kv">
        <dt>Run id</dt>
        <dd className="mono row">
          {run.runId} <CopyButton text={run.runId} what="run id" />
        </dd>
        <dt>First run</dt>
        <dd className="mono">{description.firstRunId || run.runId}</dd>
        {description.parent ? (
          <>
            <dt>Parent</dt>
            <dd className="mono">{description.parent.workflowId}</dd>
          </>
        ) : null}
        <dt>Started by</dt>
        <dd>{text(field(started, 'identity'))}</dd>
        <dt>Run timeout</dt>
        <dd>{limit(description.timeouts.runMs)}</dd>
        <dt>Execution</dt>
        <dd>{limit(description.timeouts.executionMs)}</dd>
        <dt>Task timeout</dt>
        <dd>{limit(description.timeouts.taskMs)}</dd>
        {description.transitions > 0 ? (
          <>
            <dt>Transitions</dt>
            <dd>{description.transitions}</dd>
          </>
        ) : null}
      </dl>
    </section>
  );
}

function Named({ title, values }: { title: string; values: Readonly<Record<string, unknown>> | undefined }) {
  const entries = Object.entries(values ?? {});
  return (
    <section>
      <h2>{title}</h2>
      {entries.length === 0 ? (
        <p className="mid">None.</p>
      ) : (
        <dl className="kv">
          {entries.map(([name, value]) => (
            <div key={name} style={{ display: 'contents' }}>
              <dt title={name} className="cut">
                {name}
              </dt>
              <dd className="mono">{JSON.stringify(value)}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
