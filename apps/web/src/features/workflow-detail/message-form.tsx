'use client';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { ApiOutput } from '../../data/api-client.ts';
import { api, toProblem } from '../../data/api-client.ts';
import { handlers } from '../../data/queries.ts';
import type { RunView } from '../../data/run-view.ts';
import type { Json } from '../../domain/arguments.ts';
import { parseArguments } from '../../domain/arguments.ts';
import { JsonField } from '../../ui/json-field.tsx';

export type MessageKind = 'signal' | 'query' | 'update';
export type Answer =
  | { readonly ok: true; readonly values: readonly Json[]; readonly note?: string }
  | { readonly ok: false; readonly message: string };

export interface MessageFormProps {
  readonly view: RunView;
  readonly kind: MessageKind;
  /** The name chosen outside, in a list of handlers. */
  readonly name?: string;
  readonly onDone?: (name: string, answer: Answer) => void;
}

const VERB = { signal: 'Send signal', query: 'Run query', update: 'Send update' } as const;
const WORD = { signal: 'Signal', query: 'Query', update: 'Update' } as const;

export const declaredOf = (data: ApiOutput['workflow']['handlers'] | undefined, kind: MessageKind) =>
  data?.declared?.[kind === 'signal' ? 'signals' : kind === 'query' ? 'queries' : 'updates'] ?? [];

/** A name and arguments as JSON. Names come from the worker when it declares them; any other may be typed. */
export function MessageForm({ view, kind, name: given, onDone }: MessageFormProps) {
  const id = useId();
  const { data } = useQuery(handlers(view.run, true));
  const declared = declaredOf(data, kind);
  const [typed, setTyped] = useState<string>();
  const name = typed ?? given ?? declared[0]?.name ?? '';
  const [text, setText] = useState('');
  const [errors, setErrors] = useState<{ name?: string; input?: string; send?: string }>({});
  const [isSending, setSending] = useState(false);
  const submit = async () => {
    const input = parseArguments(text);
    const found = { ...(name.trim() === '' ? { name: `Which ${kind}?` } : {}), ...(input.ok ? {} : { input: input.message }) };
    setErrors(found);
    if (!input.ok || name.trim() === '') return;
    setSending(true);
    try {
      onDone?.(name.trim(), await send(view, kind, { name: name.trim(), input: input.values }));
    } catch (error) {
      const message = toProblem(error).message;
      if (kind !== 'signal' && onDone) onDone(name.trim(), { ok: false, message });
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
      <JsonField
        id={`${id}-input`}
        label="Arguments, JSON"
        isLabelShown
        value={text}
        error={errors.input}
        hint="One value is one argument. A list in [ ] is one argument too; write several as several lines."
        rows={3}
        onChange={setText}
      />
      {errors.send && kind === 'signal' ? (
        <p className="fail st-failed" role="alert">
          <b>The server refused</b>
          <span className="mid">{errors.send}</span>
        </p>
      ) : null}
      <div className="row">
        <button className="btn primary" type="submit" disabled={isSending}>
          {VERB[kind]}{' '}
          <span className="kbd" style={{ background: 'none', color: 'inherit', borderColor: 'currentColor' }}>
            Ctrl ⏎
          </span>
        </button>
        {isSending ? <span className="axis">waiting for the answer…</span> : null}
      </div>
    </form>
  );
}

async function send(view: RunView, kind: MessageKind, message: { name: string; input: Json[] }): Promise<Answer> {
  const call = { ...view.run, ...message };
  if (kind === 'signal') {
    await api.workflow.signal.mutate(call);
    return { ok: true, values: [], note: 'Delivered to the server; it shows as a new event.' };
  }
  if (kind === 'query') {
    const answer = await api.workflow.query.mutate(call);
    return answer.rejected === null
      ? { ok: true, values: answer.values }
      : { ok: false, message: `The run is ${answer.rejected} and answers no queries.` };
  }
  const answer = await api.workflow.update.mutate(call);
  if (answer.failure) return { ok: false, message: `${answer.failure.type}: ${answer.failure.message}` };
  return { ok: true, values: answer.values, ...(answer.isPending ? { note: 'Accepted, not completed yet.' } : {}) };
}
