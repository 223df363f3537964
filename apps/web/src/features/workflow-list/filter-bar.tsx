'use client';
import { memo, Suspense, useMemo, useRef, useState } from 'react';
import { useListFilter } from '../../data/list-filter.ts';
import { usePreference } from '../../data/preferences.ts';
import { runLook } from '../../domain/status.ts';
import { formatMoment } from '../../lib/time.ts';
import { Icon } from '../../ui/icon.tsx';
import { late } from '../../ui/late.tsx';
import type { Shortcut } from '../../ui/shortcuts.ts';
import { NO_KEY, useShortcuts } from '../../ui/shortcuts.ts';
import { tell } from '../../ui/toasts.tsx';
import { FilterMenu, SPAN_WORDS } from './filter-menu.tsx';
import { IdSearch } from './id-search.tsx';

const ColumnDialog = late('The columns', () => import('./column-dialog.tsx').then((module) => module.ColumnDialog));
const AttributeDialog = late('The filter', () => import('./attribute-dialog.tsx').then((module) => module.AttributeDialog));
const QueryEditor = late('The query editor', () => import('./query-editor.tsx').then((module) => module.QueryEditor));
const ExportDialog = late('The export', () => import('./export-dialog.tsx').then((module) => module.ExportDialog));

function spanWords({ from, to }: { readonly from: number | null; readonly to: number | null }, zone: string, now: number): string {
  if (from === null) return `before ${formatMoment(to ?? 0, zone, now)}`;
  return to === null ? `since ${formatMoment(from, zone, now)}` : `${formatMoment(from, zone, now)} to ${formatMoment(to, zone, now)}`;
}

interface FilterBarProps {
  readonly namespace: string;
  readonly now: number;
  /** The filters as the server reads them; nothing before the first answer. */
  readonly question: string | undefined;
  /** Why the server did not take them, in its words. */
  readonly refusal: string | undefined;
  readonly rows: readonly { readonly type: string; readonly queue: string }[];
  /** Enter in the field of ids. */
  readonly onEnter: (id: string) => void;
}

export const FilterBar = memo(function FilterBar({ namespace, rows, now, question, refusal, onEnter }: FilterBarProps) {
  const zone = usePreference('zone');
  const { state, setState, isEmpty } = useListFilter();
  const search = useRef<HTMLInputElement>(null);
  // Until somebody decides, it is open when the server has refused what it says.
  const [wantsEditor, setWantsEditor] = useState<boolean>();
  const isWriting = wantsEditor ?? refusal !== undefined;
  const [asksAttribute, setAsksAttribute] = useState(false);
  const [choosesColumns, setChoosesColumns] = useState(false);
  const [isExporting, setExporting] = useState(false);
  const canExport = question !== undefined;
  const shortcuts = useMemo<readonly Shortcut[]>(
    () => [
      { keys: '/', shown: '/', label: 'Find by id', scope: 'List', run: () => search.current?.focus() },
      {
        keys: 'f',
        shown: 'f',
        label: 'Add a filter',
        scope: 'List',
        run: () => document.querySelector<HTMLButtonElement>('#add-filter')?.click(),
        isAction: true,
      },
      { keys: 'e', shown: 'e', label: 'Edit the filters as a query', scope: 'List', run: () => setWantsEditor(true), isAction: true },
      { keys: 'c', shown: 'c', label: 'Columns', scope: 'List', run: () => setChoosesColumns(true), isAction: true },
      ...(canExport ? [{ keys: NO_KEY, shown: '', label: 'Export', scope: 'List', run: () => setExporting(true), isAction: true }] : []),
    ],
    [canExport],
  );
  useShortcuts(shortcuts);
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
        <IdSearch value={state.id} onChange={(id) => void setState({ id })} onEnter={onEnter} inputRef={search} />
        {state.type ? token('Type is', state.type, () => void setState({ type: '' })) : null}
        {state.queue ? token('Queue is', state.queue, () => void setState({ queue: '' })) : null}
        {state.last ? token('Started', SPAN_WORDS[state.last], () => void setState({ last: null })) : null}
        {state.from !== null || state.to !== null
          ? token('Started', spanWords(state, zone, now), () => void setState({ from: null, to: null }))
          : null}
        {state.status.length > 0
          ? token('Status is', state.status.map((one) => runLook(one).word).join(', '), () => void setState({ status: [] }))
          : null}
        {state.q === '' ? null : (
          <span className="tok">
            <span className="op">Query</span>
            <button className="tokq mono cut" type="button" title={state.q} onClick={() => setWantsEditor(true)}>
              {state.q}
            </button>
            <button type="button" aria-label="Remove filter Query" onClick={() => void setState({ q: '' })}>
              <Icon name="x" small />
            </button>
          </span>
        )}
        <FilterMenu namespace={namespace} rows={rows} onAttribute={() => setAsksAttribute(true)} />
        {isEmpty ? null : (
          <button className="linkb" type="button" onClick={() => void setState(null)}>
            Clear
          </button>
        )}
        <span className="grow" />
        <button className="btn quiet" type="button" aria-pressed={isWriting} onClick={() => setWantsEditor(!isWriting)}>
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
        {asksAttribute ? <AttributeDialog namespace={namespace} onClose={() => setAsksAttribute(false)} /> : null}
        {choosesColumns ? <ColumnDialog namespace={namespace} onClose={() => setChoosesColumns(false)} /> : null}
        {isExporting && question !== undefined ? (
          <ExportDialog namespace={namespace} question={question} onClose={() => setExporting(false)} />
        ) : null}
      </Suspense>
      {isWriting ? (
        <Suspense fallback={<div className="bar qline" aria-hidden="true" />}>
          <QueryEditor namespace={namespace} refusal={refusal} isAsked={wantsEditor === true} onClose={() => setWantsEditor(false)} />
        </Suspense>
      ) : null}
    </>
  );
});
