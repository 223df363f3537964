'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { parseAsString, useQueryState } from 'nuqs';
import { useEffect, useId, useRef, useState } from 'react';
import { api, toProblem } from '../../data/api-client.ts';
import { paths } from '../../data/paths.ts';
import { description, eventBodies, queue, queues } from '../../data/queries.ts';
import { parseArguments } from '../../domain/arguments.ts';
import type { Json } from '../../domain/arguments.ts';
import { parseDuration } from '../../lib/duration.ts';
import { plural } from '../../lib/number.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Glyph, Icon } from '../../ui/icon.tsx';
import { JsonEditor } from '../../ui/json-editor.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { useShortcuts } from '../../ui/shortcuts.ts';
import { Strip } from '../../ui/strip.tsx';
import { Field } from './field.tsx';
import './start-workflow.css';

interface Draft {
  readonly type: string;
  readonly workflowId: string;
  readonly queue: string;
  readonly input: string;
  readonly whenOpen: 'refuse' | 'use' | 'terminate';
  readonly whenClosed: 'allow' | 'failed' | 'refuse';
  readonly runTimeout: string;
  readonly startDelay: string;
  readonly summary: string;
}
type Errors = Partial<Record<keyof Draft | 'send', string>>;

const EMPTY: Draft = {
  type: '',
  workflowId: '',
  queue: '',
  input: '',
  whenOpen: 'refuse',
  whenClosed: 'allow',
  runTimeout: '',
  startDelay: '',
  summary: '',
};
const WHEN_OPEN = [
  { value: 'refuse', label: 'Refuse' },
  { value: 'use', label: 'Use that run' },
  { value: 'terminate', label: 'Terminate it' },
] as const;
const WHEN_CLOSED = [
  { value: 'allow', label: 'Allow' },
  { value: 'failed', label: 'Only if it failed' },
  { value: 'refuse', label: 'Refuse' },
] as const;

const NO_FILTER = { status: [], type: '', id: '', queue: '', query: '' } as const;

export function StartWorkflow({ namespace }: { namespace: string }) {
  const id = useId();
  const router = useRouter();
  const [from] = useQueryState('from', parseAsString);
  const [draft, setDraft] = useState<Draft>(EMPTY);
  const [errors, setErrors] = useState<Errors>({});
  const [isSending, setSending] = useState(false);
  const set = (change: Partial<Draft>) => setDraft((old) => ({ ...old, ...change }));
  usePrefill(namespace, from, set);
  const suggested = useSuggestions(namespace);
  const polled = useQuery(queue(namespace, draft.queue.trim(), suggested.queues.includes(draft.queue.trim())));
  const pollers = polled.data?.workflow.pollers.length;

  const submit = async () => {
    const checked = check(draft);
    setErrors(checked.errors);
    if (!checked.ok) {
      document.querySelector<HTMLElement>(`#${CSS.escape(`${id}-${Object.keys(checked.errors)[0]}`)}`)?.focus();
      return;
    }
    setSending(true);
    try {
      const started = await api.workflow.start.mutate({ namespace, ...checked.request });
      router.push(paths.run({ namespace, workflowId: checked.request.workflowId, runId: started.runId }));
    } catch (error) {
      const problem = toProblem(error);
      setErrors(
        problem.code === 'ALREADY_EXISTS'
          ? { workflowId: 'A run with this id is in the way. Choose another id, or say below what to do then.' }
          : { send: problem.message },
      );
      setSending(false);
    }
  };
  useShortcuts([{ keys: '$mod+Enter', shown: 'Ctrl ⏎', label: 'Start it', scope: 'Form', run: () => void submit(), inFields: true }]);
  const wrong = Object.keys(errors).filter((key) => key !== 'send');
  const text = (key: 'type' | 'workflowId' | 'queue' | 'runTimeout' | 'startDelay' | 'summary', list?: readonly string[]) => (
    <>
      <input
        id={`${id}-${key}`}
        className="input mono"
        value={draft[key]}
        onChange={(event) => set({ [key]: event.target.value })}
        spellCheck={false}
        autoComplete="off"
        list={list ? `${id}-${key}-l` : undefined}
        aria-invalid={errors[key] !== undefined}
        aria-describedby={`${id}-${key}-m`}
      />
      {list ? (
        <datalist id={`${id}-${key}-l`}>
          {list.map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
      ) : null}
    </>
  );
  return (
    <div className="page pg-start">
      <main className="main" id="main">
        <div className="bar hd">
          <Link className="btn quiet icon" href={paths.workflows(namespace)} aria-label="Back to workflows">
            <Icon name="back" />
          </Link>
          <h1>Start a workflow</h1>
          <span className="dim">in {namespace}</span>
          <span className="grow" />
          {from ? <span className="axis">filled from {from.split('/')[0]}</span> : null}
        </div>
        {wrong.length > 0 || errors.send ? (
          <Strip tone="failed" glyph="failed">
            {errors.send ? (
              errors.send
            ) : (
              <>{wrong.length === 1 ? 'One field needs a change.' : `${wrong.length} fields need a change.`} Nothing has been started.</>
            )}
          </Strip>
        ) : null}
        <div className="cols2">
          <form
            className="form scroll"
            onSubmit={(event) => {
              event.preventDefault();
              void submit();
            }}
          >
            <fieldset>
              <legend>What</legend>
              <Field
                id={`${id}-type`}
                label="Workflow type"
                error={errors.type}
                note={suggested.types.length > 0 ? `seen here: ${suggested.types.slice(0, 3).join(', ')}` : undefined}
              >
                {text('type', suggested.types)}
              </Field>
              <Field
                id={`${id}-workflowId`}
                label="Workflow ID"
                error={errors.workflowId}
                hint="Choose a business key: it is what makes a second start harmless."
                note={
                  <button
                    className="linkb"
                    type="button"
                    onClick={() => set({ workflowId: `${draft.type || 'run'}-${crypto.randomUUID().slice(0, 8)}` })}
                  >
                    Make one up
                  </button>
                }
              >
                {text('workflowId')}
              </Field>
              <Field
                id={`${id}-queue`}
                label="Task queue"
                error={errors.queue}
                note={<QueueNote pollers={pollers} backlog={polled.data?.workflow.stats?.backlog} />}
              >
                {text('queue', suggested.queues)}
              </Field>
            </fieldset>
            <fieldset>
              <legend>
                Input <span className="axis">JSON, one argument; several arguments as several lines</span>
              </legend>
              <div className={`fld ${errors.input ? 'err' : ''}`} style={{ maxWidth: 780 }}>
                <JsonEditor
                  value={draft.input}
                  onChange={(input) => set({ input })}
                  label="Input, JSON"
                  rows={7}
                  describedBy={`${id}-input-m`}
                />
                <p id={`${id}-input-m`} className={errors.input ? 'msg' : 'hint'} role={errors.input ? 'alert' : undefined}>
                  {errors.input ?? 'Leave it empty for a workflow without parameters.'}
                </p>
              </div>
            </fieldset>
            <fieldset>
              <legend>If the ID is taken</legend>
              <div className="f">
                <span className="lab">by an open run</span>
                <Segmented
                  label="If an open run has the id"
                  value={draft.whenOpen}
                  options={WHEN_OPEN}
                  onChange={(whenOpen) => set({ whenOpen })}
                />
              </div>
              <div className="f">
                <span className="lab">by a closed run</span>
                <Segmented
                  label="If a closed run has the id"
                  value={draft.whenClosed}
                  options={WHEN_CLOSED}
                  onChange={(whenClosed) => set({ whenClosed })}
                />
              </div>
            </fieldset>
            <fieldset>
              <legend>
                Times and words <span className="axis">all optional</span>
              </legend>
              <Field id={`${id}-runTimeout`} label="Run timeout" error={errors.runTimeout} note="30s, 10m, 2h; none when empty">
                {text('runTimeout')}
              </Field>
              <Field id={`${id}-startDelay`} label="Start delay" error={errors.startDelay} note="waits before the first task">
                {text('startDelay')}
              </Field>
              <Field id={`${id}-summary`} label="Summary" error={errors.summary} note="one line, shown with the run">
                {text('summary')}
              </Field>
            </fieldset>
          </form>
          <WillHappen namespace={namespace} draft={draft} />
        </div>
        <div className="bar foot2">
          {wrong.length > 0 ? (
            <span className="st st-failed">
              <Glyph name="failed" />
              {plural(wrong.length, 'field')} to change
            </span>
          ) : null}
          <span className="grow" />
          <Link className="btn" href={paths.workflows(namespace)}>
            Cancel
          </Link>
          <button className="btn primary" type="button" disabled={isSending} onClick={() => void submit()}>
            Start workflow <span className="k2">Ctrl ⏎</span>
          </button>
        </div>
      </main>
    </div>
  );
}

function QueueNote({ pollers, backlog }: { pollers: number | undefined; backlog: number | undefined }) {
  if (pollers === undefined) return null;
  if (pollers === 0)
    return (
      <span className="note2 st-retrying">
        <Glyph name="taskfail" /> Nobody polls it now: the run will wait.
      </span>
    );
  return (
    <span className="ok">
      <Glyph name="completed" /> {plural(pollers, 'poller')}
      {backlog ? `, ${backlog} waiting` : ''}
    </span>
  );
}

type Checked =
  | { readonly ok: false; readonly errors: Errors }
  | {
      readonly ok: true;
      readonly errors: Errors;
      readonly request: {
        type: string;
        workflowId: string;
        queue: string;
        input: Json[];
        whenOpen: Draft['whenOpen'];
        whenClosed: Draft['whenClosed'];
        runTimeoutMs: number;
        startDelayMs: number;
        summary: string;
      };
    };

function check(draft: Draft): Checked {
  const errors: Errors = {};
  if (draft.type.trim() === '') errors.type = 'Which workflow?';
  if (draft.workflowId.trim() === '') errors.workflowId = 'A run needs an id.';
  if (draft.queue.trim() === '') errors.queue = 'On which queue do its workers poll?';
  const input = parseArguments(draft.input);
  if (!input.ok) errors.input = input.message;
  const runTimeoutMs = draft.runTimeout.trim() === '' ? 0 : parseDuration(draft.runTimeout);
  const startDelayMs = draft.startDelay.trim() === '' ? 0 : parseDuration(draft.startDelay);
  if (runTimeoutMs === undefined) errors.runTimeout = 'Write a time as 30s, 10m or 2h.';
  if (startDelayMs === undefined) errors.startDelay = 'Write a time as 30s, 10m or 2h.';
  if (!input.ok || runTimeoutMs === undefined || startDelayMs === undefined || Object.keys(errors).length > 0) return { ok: false, errors };
  return {
    ok: true,
    errors,
    request: {
      type: draft.type.trim(),
      workflowId: draft.workflowId.trim(),
      queue: draft.queue.trim(),
      input: input.values,
      whenOpen: draft.whenOpen,
      whenClosed: draft.whenClosed,
      runTimeoutMs,
      startDelayMs,
      summary: draft.summary,
    },
  };
}

function useSuggestions(namespace: string): { types: readonly string[]; queues: readonly string[] } {
  const recent = useQuery({
    queryKey: ['recent-types', namespace],
    queryFn: () => api.workflow.list.query({ namespace, filter: { ...NO_FILTER, status: [] }, pageSize: 100 }),
    staleTime: 30_000,
    retry: false,
  });
  const known = useQuery(queues(namespace));
  return {
    types: [...new Set((recent.data?.rows ?? []).map((row) => row.type))].sort(),
    queues: (known.data ?? []).map((one) => one.name),
  };
}

/** `from=<workflow id>/<run id>`: type, queue and input of another run. */
function usePrefill(namespace: string, from: string | null, set: (change: Partial<Draft>) => void): void {
  const [workflowId = '', runId = ''] = splitLast(from ?? '');
  const run = { namespace, workflowId, runId };
  const described = useQuery({ ...description(run, false), enabled: workflowId !== '' });
  const bodies = useQuery({ ...eventBodies(run, [1]), enabled: workflowId !== '' });
  const isDone = useRef(false);
  useEffect(() => {
    if (isDone.current || described.data === undefined || bodies.data === undefined) return;
    isDone.current = true;
    const body = bodies.data[0]?.body as { workflowExecutionStartedEventAttributes?: { input?: unknown[] } } | undefined;
    const input = body?.workflowExecutionStartedEventAttributes?.input ?? [];
    set({
      type: described.data.type,
      queue: described.data.queue,
      workflowId: `${workflowId}-again`,
      input: input.map((one) => JSON.stringify(one, null, input.length === 1 ? 2 : 0)).join('\n'),
    });
  }, [described.data, bodies.data, workflowId, set]);
}

function splitLast(text: string): [string, string] | [] {
  const at = text.lastIndexOf('/');
  return at < 0 ? [] : [text.slice(0, at), text.slice(at + 1)];
}

function WillHappen({ namespace, draft }: { namespace: string; draft: Draft }) {
  const input = parseArguments(draft.input);
  const command = [
    'tidemark workflow start',
    `--namespace ${namespace}`,
    `--type ${draft.type || '…'}`,
    `--task-queue ${draft.queue || '…'}`,
    `--workflow-id ${draft.workflowId || '…'}`,
    ...(input.ok ? input.values.map((one) => `--input '${JSON.stringify(one)}'`) : []),
  ];
  return (
    <aside className="will" aria-label="What will happen">
      <section className="sec">
        <h2>What will happen</h2>
        <ol className="steps">
          <li>
            A run of <b>{draft.type || '…'}</b> named <span className="mono">{draft.workflowId || '…'}</span> is recorded.
          </li>
          <li>
            Its first task waits on <b>{draft.queue || '…'}</b> until a worker takes it.
          </li>
        </ol>
      </section>
      <section className="sec">
        <h2 className="row">
          Same, from a terminal <span className="grow" />
          <CopyButton text={command.join(' ')} what="command" />
        </h2>
        <pre className="code" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }} tabIndex={0} aria-label="Command">
          {command.join(' \\\n    ')}
        </pre>
      </section>
    </aside>
  );
}
