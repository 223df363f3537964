'use client';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { ApiOutput } from '../../data/api-client.ts';
import { toProblem } from '../../data/api-client.ts';
import { handlers } from '../../data/queries.ts';
import type { Answer, Call, MessageKind } from '../../data/run-calls.ts';
import type { RunView } from '../../data/run-view.ts';
import type { Message } from '../../data/send-message.ts';
import { sendMessage } from '../../data/send-message.ts';
import { parseArguments } from '../../domain/arguments.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { FilledJsonField } from '../../ui/payload/filled-json-field.tsx';
import { Segmented } from '../../ui/segmented.tsx';

export interface MessageFormProps {
  readonly view: RunView;
  readonly kind: MessageKind;
  /** The name chosen outside, in a list of handlers. */
  readonly name?: string;
  /** A call to send again: the form begins with what it said. */
  readonly text?: string;
  /** Also told when a query or an update was refused. Without it, a refusal stands in the form. */
  readonly onDone?: (name: string, call: Omit<Call, 'id'>) => void;
}

const VERB = { signal: 'Send signal', query: 'Run query', update: 'Send update' } as const;
const WAIT = [
  { value: 'completed', label: 'Completed' },
  { value: 'accepted', label: 'Accepted' },
] as const;
const WORD = { signal: 'Signal', query: 'Query', update: 'Update' } as const;

export const declaredOf = (data: ApiOutput['workflow']['handlers'] | undefined, kind: MessageKind) =>
  data?.declared?.[kind === 'signal' ? 'signals' : kind === 'query' ? 'queries' : 'updates'] ?? [];

/** A name and arguments as JSON. Names come from the worker when it declares them; any other may be typed. */
export function MessageForm({ view, kind, name: given, text: givenText = '', onDone }: MessageFormProps) {
  const id = useId();
  const { data } = useQuery(handlers(view.run, true));
  const declared = declaredOf(data, kind);
  const [typed, setTyped] = useState<string>();
  const name = typed ?? given ?? declared[0]?.name ?? '';
  const [text, setText] = useState(givenText);
  const [waitFor, setWaitFor] = useState<Message['waitFor']>('completed');
  const [errors, setErrors] = useState<{ name?: string; input?: string; send?: string }>({});
  const [isSending, setSending] = useState(false);
  const submit = async () => {
    const input = parseArguments(text);
    const found = { ...(name.trim() === '' ? { name: `Which ${kind}?` } : {}), ...(input.ok ? {} : { input: input.message }) };
    setErrors(found);
    if (!input.ok || name.trim() === '') return;
    setSending(true);
    const at = Date.now();
    const done = (answer: Answer) => onDone?.(name.trim(), { at, kind, name: name.trim(), text, tookMs: Date.now() - at, answer });
    try {
      done(await sendMessage(view.run, { kind, name: name.trim(), input: input.values, waitFor }));
    } catch (error) {
      const { message } = toProblem(error);
      if (kind !== 'signal') done({ ok: false, message });
      setErrors({ send: message });
    } finally {
      setSending(false);
    }
  };
  return (
    <form
      className="fldset"
      style={{ display: 'grid', gap: 12 }}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void submit();
      }}
    >
      <div className={`fld ${errors.name ? 'err' : ''}`}>
        <label htmlFor={`${id}-name`}>{WORD[kind]} name</label>
        <input
          id={`${id}-name`}
          className="input mono"
          list={`${id}-names`}
          value={name}
          onChange={(event) => setTyped(event.target.value)}
          spellCheck={false}
          autoComplete="off"
          aria-describedby={`${id}-name-m`}
        />
        <datalist id={`${id}-names`}>
          {declared.map((one) => (
            <option key={one.name} value={one.name} />
          ))}
        </datalist>
        <p id={`${id}-name-m`} className={errors.name ? 'msg' : 'hint'} role={errors.name ? 'alert' : undefined}>
          {errors.name ??
            declared.find((one) => one.name === name)?.description ??
            (declared.length > 0
              ? `The worker declares ${declared.map((one) => one.name).join(', ')}.`
              : 'The worker declares no names, so any may be typed.')}
        </p>
      </div>
      <FilledJsonField
        id={`${id}-input`}
        filled={givenText}
        place={`${kind} ${name}, arguments`}
        label="Arguments, JSON"
        isLabelShown
        value={text}
        error={errors.input}
        hint="One value is one argument. A list in [ ] is one argument too; write several as several lines."
        rows={3}
        onChange={setText}
      />
      {kind === 'update' ? (
        <div className="fld">
          <span className="fld-l">Wait until it is</span>
          <span>
            <Segmented label="Wait until the update is" value={waitFor} options={WAIT} onChange={setWaitFor} />
          </span>
        </div>
      ) : null}
      {errors.send && kind === 'signal' ? (
        <p className="fail st-failed" role="alert">
          <b>The server refused</b>
          <span className="mid">{errors.send}</span>
        </p>
      ) : null}
      <div className="row">
        {kind === 'query' ? (
          <button className="btn primary" type="submit" disabled={isSending}>
            {sendLabel(kind)}
          </button>
        ) : (
          <ActButton className="btn primary" type="submit" disabled={isSending}>
            {sendLabel(kind)}
          </ActButton>
        )}
        {isSending ? <span className="axis">waiting for the answer…</span> : null}
      </div>
    </form>
  );
}

const sendLabel = (kind: MessageKind) => (
  <>
    {VERB[kind]}{' '}
    <span className="kbd" aria-hidden="true" style={{ background: 'none', color: 'inherit', borderColor: 'currentColor' }}>
      Ctrl ⏎
    </span>
  </>
);
