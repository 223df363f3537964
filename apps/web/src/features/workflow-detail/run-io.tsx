'use client';
import type { ReactNode } from 'react';
import { codecHint, useCodec } from '../../data/codec.ts';
import { useRunFields } from '../../data/run-fields.ts';
import { useRunParams } from '../../data/run-params.ts';
import type { EventPart } from '../../data/run-payloads.ts';
import { partOf, useWireBodies } from '../../data/run-payloads.ts';
import type { RunView } from '../../data/run-view.ts';
import { useRunView } from '../../data/run-view.ts';
import { failureOf } from '../../domain/failure-row.ts';
import { isBody } from '../../domain/payload-json.ts';
import { isOpen } from '../../domain/status.ts';
import { formatDuration } from '../../lib/duration.ts';
import { formatBytes } from '../../lib/number.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { FailureBlock } from '../../ui/failure-block.tsx';
import { MaskedText } from '../../ui/payload/masked-text.tsx';
import { PayloadList } from '../../ui/payload/payload-list.tsx';

export function RunIo() {
  const run = useRunParams();
  const view = useRunView(run);
  const { events, description } = view;
  const lastId = events.at(-1)?.id ?? 1;
  const open = description === undefined || isOpen(description.status);
  const { bodies } = useWireBodies(run, events.length === 0 ? [] : open ? [1] : [1, lastId]);
  const first = bodies?.find(({ id }) => id === 1);
  const last = open ? undefined : bodies?.find(({ id }) => id === lastId);
  const part = (body: typeof first, field: string) => (body === undefined ? undefined : partOf(run, body, field));
  const failure = part(last, 'failure');
  const failed = failureOf(failure?.node);
  const isLoading = bodies === undefined;
  const identity = part(first, 'identity')?.node;
  const fields = useRunFields(view);
  const hint = codecHint(useCodec(run.namespace));
  return (
    <div className="scroll">
      <div className="io">
        <Side title="Input" part={part(first, 'input')} empty={isLoading ? '' : 'It was started without arguments.'} hint={hint} />
        {failure !== undefined ? (
          <Side title="Failure" part={failure} empty="" hint={hint}>
            {failed === undefined ? null : <FailureBlock failure={failed} tone="failed" note="What the run ended with" withCauses />}
          </Side>
        ) : (
          <Side
            title="Result"
            part={part(last, 'result') ?? part(last, 'details')}
            empty={isLoading ? '' : open ? 'Not yet: the run is open.' : 'It returned nothing.'}
            hint={hint}
          />
        )}
        <Facts view={view} startedBy={typeof identity === 'string' ? identity : ''} />
        <Named title="Search attributes" values={fields.searchAttributes} />
        <Named title="Memo" values={fields.memo} />
        <Headers part={part(first, 'header')} hint={hint} />
      </div>
    </div>
  );
}

interface SideProps {
  readonly title: string;
  readonly part: EventPart | undefined;
  readonly empty: string;
  readonly hint: string;
  readonly children?: ReactNode;
}

function Side({ title, part, empty, hint, children }: SideProps) {
  const payloads = part?.payloads ?? [];
  return (
    <section>
      <h2>{title}</h2>
      {children}
      {payloads.length > 0 ? (
        <PayloadList label={title} payloads={payloads} hint={hint} isNamed={children !== undefined} />
      ) : children === undefined ? (
        <p className="mid">{empty}</p>
      ) : null}
    </section>
  );
}

/** What passes by the arguments: context that interceptors put there. */
function Headers({ part, hint }: { part: EventPart | undefined; hint: string }) {
  if (part === undefined || part.payloads.length === 0) return null;
  const payloads = part.payloads.map((one) => ({ ...one, name: one.name.replace(/^header, /, '') }));
  return (
    <section>
      <h2>Headers</h2>
      <PayloadList label="Header" payloads={payloads} hint={hint} isNamed />
    </section>
  );
}

function Facts({ view, startedBy }: { view: RunView; startedBy: string }) {
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
        <dd>{startedBy}</dd>
        <dt>Run timeout</dt>
        <dd>{limit(description.timeouts.runMs)}</dd>
        <dt>Execution timeout</dt>
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
              <dd className="mono wrapt">
                {isSealed(value) ? (
                  <span className="enc">encoded, {formatBytes(Number(value['bytes']))}</span>
                ) : (
                  <MaskedText name={name} value={value} place={`${title.toLowerCase()}, ${name}`} />
                )}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}

const isSealed = (value: unknown): value is Readonly<Record<string, unknown>> => isBody(value) && typeof value['$payload'] === 'string';
