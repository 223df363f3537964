'use client';
import { useEffect, useRef, useState } from 'react';
import { api, toProblem } from '../../data/api-client.ts';
import { useListColumns, useListFilter } from '../../data/list-filter.ts';
import type { ExecutionRow } from '../../data/queries.ts';
import type { ExportFormat } from '../../domain/export-rows.ts';
import { exportHead, exportLine } from '../../domain/export-rows.ts';
import type { ValueColumn } from '../../domain/list-columns.ts';
import { isField, isValue } from '../../domain/list-columns.ts';
import { listCommand, listSnippet } from '../../domain/list-command.ts';
import { formatCount, plural } from '../../lib/number.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Segmented } from '../../ui/segmented.tsx';

interface ExportDialogProps {
  readonly namespace: string;
  readonly question: string;
  readonly onClose: () => void;
}

type Progress =
  | { readonly kind: 'idle' }
  | { readonly kind: 'reading'; readonly rows: number }
  | { readonly kind: 'done'; readonly rows: number; readonly valued: number | undefined }
  | { readonly kind: 'failed'; readonly message: string };

const FORMATS = [
  { value: 'csv', label: 'CSV' },
  { value: 'jsonl', label: 'JSON lines' },
] as const;

/** To read a run costs a request of its server. */
const VALUED_MAX = 5_000;
const ASKED_MAX = 60;

/** Everything that matches as a file, and the same list from a shell or from code. */
export function ExportDialog({ namespace, question, onClose }: ExportDialogProps) {
  const [format, setFormat] = useState<ExportFormat>('csv');
  const { progress, run, cancel } = useExport(namespace);
  const isReading = progress.kind === 'reading';
  const hasValues = useListColumns().columns.some(isValue);
  const command = listCommand(namespace, question);
  const snippet = listSnippet(question);
  return (
    <Dialog
      isOpen
      isWide
      onClose={onClose}
      title="Export what matches"
      footer={
        isReading ? (
          <button className="btn" type="button" onClick={cancel}>
            Cancel
          </button>
        ) : (
          <button className="btn primary" type="button" onClick={() => void run(format)}>
            Export
          </button>
        )
      }
    >
      <div className="row">
        <Segmented label="Format" value={format} options={FORMATS} onChange={setFormat} />
        <span className="axis" role="status">
          {progress.kind === 'reading' ? `${formatCount(progress.rows)} read…` : ''}
          {progress.kind === 'done' ? writtenWords(progress) : ''}
        </span>
      </div>
      <p className="mid">
        All that match are read page by page, with the search attributes and memo fields that are shown as columns.
        {hasValues ? ` For the columns of inputs and results each run is read as well: of the first ${formatCount(VALUED_MAX)}.` : ''}
      </p>
      {progress.kind === 'failed' ? (
        <p className="fail st-failed" role="alert">
          <b>The export stopped</b>
          <span className="mid">{progress.message}</span>
        </p>
      ) : null}
      <Snippet label="From a shell" text={command} />
      <Snippet label="With the SDK" text={snippet} />
    </Dialog>
  );
}

function writtenWords({ rows, valued }: Extract<Progress, { kind: 'done' }>): string {
  const cut = valued === undefined || valued >= rows ? '' : `, inputs and results of the first ${formatCount(valued)}`;
  return `${plural(rows, 'run')} written${cut}.`;
}

const Snippet = ({ label, text }: { label: string; text: string }) => (
  <div className="fld">
    <span className="fld-l">{label}</span>
    <div className="cmdb tallc">
      <code>{text}</code>
      <CopyButton text={text} what={label} />
    </div>
  </div>
);

function useExport(namespace: string) {
  const { filter } = useListFilter();
  const { columns } = useListColumns();
  const [progress, setProgress] = useState<Progress>({ kind: 'idle' });
  const stop = useRef<AbortController>(undefined);
  useEffect(() => () => stop.current?.abort(), []);
  const run = async (format: ExportFormat) => {
    const asked = new AbortController();
    stop.current = asked;
    const fields = columns.filter(isField);
    const values = columns.filter(isValue);
    const named = columns.filter((id) => isField(id) || isValue(id));
    // A piece a page: the browser may keep a blob's pieces on disk, one long text it may not.
    const pieces: Blob[] = [new Blob([exportHead(format, named)])];
    let rows = 0;
    let cursor: string | null = null;
    setProgress({ kind: 'reading', rows });
    try {
      do {
        const page: Awaited<ReturnType<typeof api.workflow.list.query>> = await api.workflow.list.query(
          { namespace, filter: { ...filter, status: [...filter.status] }, fields, cursor },
          { signal: asked.signal },
        );
        const written = await withValues(page.rows, { namespace, values, isRead: rows < VALUED_MAX, signal: asked.signal });
        pieces.push(new Blob([written.map((row) => exportLine(format, row, named)).join('')]));
        rows += page.rows.length;
        cursor = page.cursor;
        setProgress({ kind: 'reading', rows });
      } while (cursor !== null);
      save(new Blob(pieces, { type: format === 'csv' ? 'text/csv' : 'application/jsonl' }), `workflows-${namespace}.${format}`);
      setProgress({ kind: 'done', rows, valued: values.length === 0 ? undefined : Math.min(rows, VALUED_MAX) });
    } catch (error) {
      setProgress(asked.signal.aborted ? { kind: 'idle' } : { kind: 'failed', message: toProblem(error).message });
    }
  };
  return { progress, run, cancel: () => stop.current?.abort() };
}

interface Reading {
  readonly namespace: string;
  readonly values: readonly ValueColumn[];
  readonly isRead: boolean;
  readonly signal: AbortSignal;
}

/** The rows with what stands in their inputs and results. */
async function withValues(rows: readonly ExecutionRow[], { namespace, values, isRead, signal }: Reading): Promise<readonly ExecutionRow[]> {
  if (values.length === 0 || !isRead) return rows;
  const byRun = new Map<string, ExecutionRow['fields']>();
  for (let from = 0; from < rows.length; from += ASKED_MAX) {
    const runs = rows.slice(from, from + ASKED_MAX).map(({ workflowId, runId }) => ({ workflowId, runId }));
    for (const found of await api.workflow.values.query({ namespace, runs, fields: [...values] }, { signal }))
      byRun.set(found.runId, found.values);
  }
  return rows.map((row) => ({ ...row, fields: { ...row.fields, ...byRun.get(row.runId) } }));
}

function save(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
