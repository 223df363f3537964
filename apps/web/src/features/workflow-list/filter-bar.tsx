'use client';
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import type { Span } from '../../data/list-filter.ts';
import { SPANS, useListFilter } from '../../data/list-filter.ts';
import { usePreferences } from '../../data/preferences.ts';
import { runLook } from '../../domain/status.ts';
import { formatMoment } from '../../lib/time.ts';
import { Icon } from '../../ui/icon.tsx';
import { Menu, MenuGroup, MenuItem } from '../../ui/menu.tsx';
import type { Shortcut } from '../../ui/shortcuts.ts';
import { useShortcuts } from '../../ui/shortcuts.ts';
import { tell } from '../../ui/toasts.tsx';
import { TroubleFilters } from './trouble-filters.tsx';

const SPAN_WORDS: Readonly<Record<Span, string>> = {
  '15m': 'last 15 minutes',
  '1h': 'last hour',
  '24h': 'last 24 hours',
  '7d': 'last 7 days',
};
const TYPE_MS = 150;

const ColumnDialog = lazy(() => import('./column-dialog.tsx').then((module) => ({ default: module.ColumnDialog })));
const ExportDialog = lazy(() => import('./export-dialog.tsx').then((module) => ({ default: module.ExportDialog })));

function spanWords({ from, to }: { readonly from: number | null; readonly to: number | null }, zone: string, now: number): string {
  if (from === null) return `before ${formatMoment(to ?? 0, zone, now)}`;
  return to === null ? `since ${formatMoment(from, zone, now)}` : `${formatMoment(from, zone, now)} to ${formatMoment(to, zone, now)}`;
}

interface FilterBarProps {
  readonly namespace: string;
  readonly now: number;
  /** The filters as the server reads them; nothing before the first answer. */
  readonly question: string | undefined;
  readonly rows: readonly { readonly type: string; readonly queue: string }[];
}

export function FilterBar({ namespace, rows, now, question }: FilterBarProps) {
  const { zone } = usePreferences();
  const { state, setState, isEmpty } = useListFilter();
  const search = useRef<HTMLInputElement>(null);
  const [isWriting, setWriting] = useState(state.q !== '');
  const [choosesColumns, setChoosesColumns] = useState(false);
  const [isExporting, setExporting] = useState(false);
  const shortcuts = useMemo<readonly Shortcut[]>(
    () => [
      { keys: '/', shown: '/', label: 'Find by id', scope: 'List', run: () => search.current?.focus() },
      {
        keys: 'f',
        shown: 'f',
        label: 'Add a filter',
        scope: 'List',
        run: () => document.querySelector<HTMLButtonElement>('#add-filter')?.click(),
      },
      { keys: 'c', shown: 'c', label: 'Columns', scope: 'List', run: () => setChoosesColumns(true) },
    ],
    [],
  );
  useShortcuts(shortcuts);
  const types = [...new Set(rows.map((row) => row.type))].sort();
  const queues = [...new Set(rows.map((row) => row.queue))].sort();
  const ask = (query: string) => {
    void setState({ q: query });
    setWriting(true);
  };
  const token = (label: string, value: string, clear: () => void) => (
    <span className="tok" key={label}>
      <span className="op">{label}</span>
      <span>{value}</span>
      <button type="button" aria-label={`Remove filter ${label}`} onClick={clear}>
        <Icon name="x" small />
      </button>
    </span>
  );
  return (
    <>
      <div className="bar filters scrollx">
        <IdSearch value={state.id} onChange={(id) => void setState({ id })} inputRef={search} />
        {state.type ? token('Type is', state.type, () => void setState({ type: '' })) : null}
        {state.queue ? token('Queue is', state.queue, () => void setState({ queue: '' })) : null}
        {state.last ? token('Started', SPAN_WORDS[state.last], () => void setState({ last: null })) : null}
        {state.from !== null || state.to !== null
          ? token('Started', spanWords(state, zone, now), () => void setState({ from: null, to: null }))
          : null}
        {state.status.length > 0
          ? token('Status is', state.status.map((one) => runLook(one).word).join(', '), () => void setState({ status: [] }))
          : null}
        <Menu
          trigger={
            <button className="tok add" type="button" id="add-filter">
              <Icon name="plus" small />
              Filter <span className="kbd">F</span>
            </button>
          }
        >
          <MenuGroup label="Type">
            {types.slice(0, 12).map((type) => (
              <MenuItem key={type} onSelect={() => void setState({ type })}>
                {type}
              </MenuItem>
            ))}
          </MenuGroup>
          <TroubleFilters namespace={namespace} onAsk={ask} />
          <MenuGroup label="Started">
            {(Object.keys(SPANS) as Span[]).map((span) => (
              <MenuItem key={span} onSelect={() => void setState({ last: span, from: null, to: null })}>
                {SPAN_WORDS[span]}
              </MenuItem>
            ))}
          </MenuGroup>
          <MenuGroup label="Task queue">
            {queues.slice(0, 8).map((queue) => (
              <MenuItem key={queue} onSelect={() => void setState({ queue })}>
                {queue}
              </MenuItem>
            ))}
          </MenuGroup>
        </Menu>
        {isEmpty ? null : (
          <button className="linkb" type="button" onClick={() => void setState(null)}>
            Clear
          </button>
        )}
        <span className="grow" />
        <button className="btn quiet" type="button" aria-pressed={isWriting} onClick={() => setWriting(!isWriting)}>
          <Icon name="edit" small />
          Query
        </button>
        <button className="btn quiet" type="button" onClick={() => setChoosesColumns(true)}>
          <Icon name="cols" small />
          Columns
        </button>
        <button className="btn quiet" type="button" disabled={question === undefined} onClick={() => setExporting(true)}>
          Export
        </button>
        <button
          className="btn quiet wide"
          type="button"
          onClick={() => void navigator.clipboard.writeText(location.href).then(() => tell('Link to this list copied.'))}
        >
          <Icon name="link" small />
          Copy link
        </button>
      </div>
      <Suspense>
        {choosesColumns ? <ColumnDialog namespace={namespace} onClose={() => setChoosesColumns(false)} /> : null}
        {isExporting && question !== undefined ? (
          <ExportDialog namespace={namespace} question={question} onClose={() => setExporting(false)} />
        ) : null}
      </Suspense>
      {isWriting ? <QueryLine key={state.q} value={state.q} onChange={(q) => void setState({ q })} /> : null}
    </>
  );
}

/** Asks once the hand rests. */
function IdSearch({
  value,
  onChange,
  inputRef,
}: {
  value: string;
  onChange: (value: string) => void;
  inputRef: React.RefObject<HTMLInputElement | null>;
}) {
  const [text, setText] = useState(value);
  const ask = useRef(onChange);
  useEffect(() => {
    ask.current = onChange;
  }, [onChange]);
  useEffect(() => setText(value), [value]);
  // What was typed before the page came to life counts too.
  useEffect(() => setText((now) => inputRef.current?.value || now), [inputRef]);
  // A list that is drawn again meanwhile does not put the question off.
  useEffect(() => {
    if (text === value) return undefined;
    const timer = setTimeout(() => ask.current(text.trim()), TYPE_MS);
    return () => clearTimeout(timer);
  }, [text, value]);
  return (
    <label className="idfind">
      <Icon name="search" small />
      <input
        ref={inputRef}
        value={text}
        onChange={(event) => setText(event.target.value)}
        placeholder="Workflow or run id"
        aria-label="Find by workflow id or run id"
        spellCheck={false}
        autoComplete="off"
      />
      {text === '' ? <span className="kbd">/</span> : null}
    </label>
  );
}

function QueryLine({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  return (
    <form
      className="bar qline"
      onSubmit={(event) => {
        event.preventDefault();
        onChange(text.trim());
      }}
    >
      <label className="dim" htmlFor="list-query">
        and
      </label>
      <input
        id="list-query"
        className="input mono"
        value={text}
        onChange={(event) => setText(event.target.value)}
        placeholder={"WorkflowType = 'OrderFlow' AND StartTime > '2026-05-01T00:00:00Z'"}
        spellCheck={false}
        autoComplete="off"
      />
      <button className="btn" type="submit">
        Apply
      </button>
    </form>
  );
}
