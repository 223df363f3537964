'use client';
import { useMemo, useState } from 'react';
import { toBase64, utf8Of } from '../../lib/base64.ts';
import { formatBytes } from '../../lib/number.ts';
import { CopyButton } from '../copy-button.tsx';
import { Icon } from '../icon.tsx';
import { JsonView } from '../json-view.tsx';
import { saveFile } from '../save-file.ts';
import { Segmented } from '../segmented.tsx';
import { JsonTree } from './json-tree.tsx';
import { HiddenNote, useHidden } from './hidden.tsx';
import { MarkdownView } from './markdown-view.tsx';
import { maskedLook } from './masked-look.ts';
import type { PayloadLook, ShownPayload } from './payload-look.ts';
import { dataUrl, encodingOf, fileNameOf, hexOf, hexRows, isWhole, lookAt, mimeOf } from './payload-look.ts';
import { isNode } from './tree-rows.ts';
import './payload.css';

/** What is longer is not put on a page, only into a file. */
const SHOWN_BYTES_MAX = 2_000_000;
/** A value that is longer opens as a tree, of which only the rows on the screen are drawn. */
const TEXT_FIRST_BYTES = 16_000;
const HEX_ROWS_MAX = 256;

type Mode = 'tree' | 'text' | 'read' | 'raw';
const LABELS: Readonly<Record<Mode, string>> = { tree: 'Tree', text: 'Text', read: 'Read', raw: 'Raw' };

export interface PayloadViewProps {
  /** Names it for assistive technology and for a file: `Input`, `Result 2`. */
  readonly label: string;
  /** Shown before the encoding where nothing above says what it is. */
  readonly title?: string | undefined;
  readonly payload: ShownPayload;
  /** Where it stands, told to the audit when somebody reveals it: `event 5, input`. */
  readonly place: string;
  /** What is there may become another, as the answer of a query does. */
  readonly changes?: boolean;
  /** Gets all of it when only its beginning is here. */
  readonly onWhole?: (() => Promise<ShownPayload>) | undefined;
  /** What a reader can do about an encoding that this page cannot read. */
  readonly hint?: string | undefined;
}

/** One payload: as a tree, as text or as bytes, to copy and to keep. It is never read as markup of the page. */
export function PayloadView({ label, title, payload: given, place, changes = false, onWhole, hint }: PayloadViewProps) {
  const [whole, setWhole] = useState<{ readonly of: ShownPayload; readonly payload: ShownPayload }>();
  const payload = whole?.of === given ? whole.payload : given;
  const open = useMemo(() => lookAt(payload), [payload]);
  const masked = useMemo(() => maskedLook(open, place), [open, place]);
  const hidden = useHidden(place, masked !== undefined, changes && 'text' in open ? `${place}\n${open.text}` : place);
  const look = hidden.isHidden ? (masked ?? open) : open;
  const modes = modesOf(look, payload);
  const [chosen, setChosen] = useState<Mode>();
  const mode = chosen !== undefined && modes.includes(chosen) ? chosen : modes[0];
  const load = onWhole === undefined ? undefined : async () => setWhole({ of: given, payload: await onWhole() });
  return (
    <div className="pl">
      <div className="pl-bar">
        {title === undefined ? null : <b className="pl-t">{title}</b>}
        <span className="axis cut" title={metadataText(payload)}>
          {encodingWords(payload)}
        </span>
        <span className="pl-tools">
          {modes.length > 1 && mode !== undefined ? (
            <Segmented
              label={`${label} as`}
              value={mode}
              options={modes.map((one) => ({ value: one, label: LABELS[one] }))}
              onChange={setChosen}
            />
          ) : null}
          <CopyLook look={look} payload={payload} what={label.toLowerCase()} />
          {hidden.isHidden ? null : <DownloadButton payload={payload} label={label} onWhole={onWhole} />}
        </span>
      </div>
      {hidden.isHidden && mode === 'raw' ? null : (
        <Body look={look} payload={payload} mode={mode} label={label} hint={hint} onReveal={hidden.reveal} />
      )}
      <HiddenNote hidden={hidden} what={label.toLowerCase()} isAsked={mode === 'raw' || look.kind !== 'json'} />
      {isWhole(payload) ? null : <Cut payload={payload} onLoad={load} />}
    </div>
  );
}

function modesOf(look: PayloadLook, payload: ShownPayload): readonly Mode[] {
  switch (look.kind) {
    case 'json':
      return isNode(look.value)
        ? payload.data.length > TEXT_FIRST_BYTES
          ? ['tree', 'text', 'raw']
          : ['text', 'tree', 'raw']
        : ['text', 'raw'];
    case 'text':
      return ['text', 'raw'];
    case 'markdown':
    case 'image':
      return ['read', ...(look.kind === 'markdown' ? (['text'] as const) : []), 'raw'];
    case 'opaque':
      return ['read', 'raw'];
    default:
      return [];
  }
}

const encodingWords = (payload: ShownPayload): string => {
  const mime = mimeOf(payload);
  return [encodingOf(payload), ...(mime === undefined ? [] : [mime]), formatBytes(payload.bytes)].join(', ');
};
const metadataText = ({ metadata }: ShownPayload): string =>
  Object.entries(metadata)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');

interface BodyProps {
  readonly look: PayloadLook;
  readonly payload: ShownPayload;
  readonly mode: Mode | undefined;
  readonly label: string;
  readonly hint: string | undefined;
  readonly onReveal: (() => void) | undefined;
}

function Body({ look, payload, mode, label, hint, onReveal }: BodyProps) {
  if (mode === 'raw') return <RawBytes payload={payload} label={label} />;
  if (look.kind === 'nothing')
    return (
      <pre className="code" tabIndex={0} aria-label={label}>
        <span className="m">null</span>
      </pre>
    );
  if (look.kind === 'opaque')
    return (
      <p className="small mid">
        <span className="enc">encoded, {formatBytes(payload.bytes)}</span> {look.why} {hint}
      </p>
    );
  if (look.kind === 'image')
    return <img className="pl-img" src={dataUrl(look.mime, payload.data)} alt={`${label}, ${formatBytes(payload.bytes)}`} />;
  if (look.kind === 'markdown' && mode === 'read') return <MarkdownView text={look.text} label={label} />;
  if (look.kind === 'json' && mode === 'tree') return <JsonTree value={look.value} label={label} onReveal={onReveal} />;
  return look.kind === 'json' ? (
    <JsonView text={look.text} label={label} onReveal={onReveal} />
  ) : (
    <PlainText text={look.text} label={label} />
  );
}

const PLAIN_CHARS_MAX = 64 * 1024;

function PlainText({ text, label }: { text: string; label: string }) {
  const [isAll, setAll] = useState(false);
  const shown = isAll ? text : text.slice(0, PLAIN_CHARS_MAX);
  return (
    <>
      <pre className="code wrapt" tabIndex={0} aria-label={label}>
        {shown}
      </pre>
      {shown.length === text.length ? null : (
        <button className="linkb small" type="button" onClick={() => setAll(true)}>
          Show all of it
        </button>
      )}
    </>
  );
}

/** Bytes as they are, the first of them shown and all of them to copy. */
function RawBytes({ payload, label }: { payload: ShownPayload; label: string }) {
  const { data } = payload;
  const base64 = useMemo(() => toBase64(data), [data]);
  const hex = useMemo(() => hexOf(data), [data]);
  const shown = Math.min(data.length, HEX_ROWS_MAX * 16);
  return (
    <>
      <dl className="kv pl-meta">
        {Object.entries(payload.metadata).map(([name, value]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt className="cut">{name}</dt>
            <dd className="mono">{value}</dd>
          </div>
        ))}
      </dl>
      <pre className="code" tabIndex={0} aria-label={`${label}, bytes`}>
        {data.length === 0 ? 'No bytes.' : hexRows(data, HEX_ROWS_MAX)}
      </pre>
      <p className="small row pl-raw">
        {shown < data.length ? <span className="dim">First {formatBytes(shown)} shown.</span> : null}
        <span className="row">
          Base64 <CopyButton text={base64} what={`${label.toLowerCase()} as base64`} />
        </span>
        <span className="row">
          Hex <CopyButton text={hex} what={`${label.toLowerCase()} as hex`} />
        </span>
      </p>
    </>
  );
}

function Cut({ payload, onLoad }: { payload: ShownPayload; onLoad: (() => Promise<void>) | undefined }) {
  const [state, setState] = useState<'idle' | 'busy' | 'failed'>('idle');
  const isTooLong = payload.bytes > SHOWN_BYTES_MAX;
  return (
    <p className="small row pl-cut" role="status">
      <span className="mid">
        {payload.data.length === 0 ? 'None' : `The first ${formatBytes(payload.data.length)}`} of {formatBytes(payload.bytes)}
        {isTooLong ? '; what is longer than 2 MB is for a download.' : '.'}
      </span>
      {isTooLong || onLoad === undefined ? null : (
        <button
          className="linkb"
          type="button"
          disabled={state === 'busy'}
          onClick={() => {
            setState('busy');
            onLoad().then(
              () => setState('idle'),
              () => setState('failed'),
            );
          }}
        >
          {state === 'busy' ? 'Loading…' : 'Load all'}
        </button>
      )}
      {state === 'failed' ? <span className="lostd">It could not be read just now.</span> : null}
    </p>
  );
}

/** What is on the page, as text. */
function CopyLook({ look, payload, what }: { look: PayloadLook; payload: ShownPayload; what: string }) {
  if (look.kind === 'opaque' || look.kind === 'image') return null;
  if (look.kind === 'nothing') return <CopyButton text="null" what={what} />;
  return (
    <CopyButton text={look.kind === 'markdown' && encodingOf(payload).startsWith('json/') ? utf8Of(payload.data) : look.text} what={what} />
  );
}

interface DownloadButtonProps {
  readonly payload: ShownPayload;
  readonly label: string;
  readonly onWhole: (() => Promise<ShownPayload>) | undefined;
}

function DownloadButton({ payload, label, onWhole }: DownloadButtonProps) {
  const [isBusy, setBusy] = useState(false);
  if (payload.bytes === 0 || (!isWhole(payload) && onWhole === undefined)) return null;
  const save = async () => {
    setBusy(true);
    try {
      const all = isWhole(payload) || onWhole === undefined ? payload : await onWhole();
      saveFile(fileNameOf(all, label), new Uint8Array(all.data), 'application/octet-stream');
    } finally {
      setBusy(false);
    }
  };
  return (
    <button className="copy" type="button" aria-label={`Download ${label.toLowerCase()}`} disabled={isBusy} onClick={() => void save()}>
      <Icon name="import" small />
    </button>
  );
}
