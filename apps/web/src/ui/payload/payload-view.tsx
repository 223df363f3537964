'use client';
import { useMemo, useState } from 'react';
import { toBase64, utf8Of } from '../../lib/base64.ts';
import { formatBytes } from '../../lib/number.ts';
import { once } from '../../lib/once.ts';
import { CopyButton } from '../copy-button.tsx';
import { JsonView } from '../json-view.tsx';
import { Segmented } from '../segmented.tsx';
import { DownloadButton } from './download-button.tsx';
import { JsonTree } from './json-tree.tsx';
import type { Hidden } from './hidden.tsx';
import { HiddenNote, hiddenOf, useIsKnown, useReveal } from './hidden.tsx';
import { MarkdownView } from './markdown-view.tsx';
import { isAllHidden, maskedLook, secretsOfLook } from './masked-look.ts';
import type { PayloadLook, ShownPayload } from './payload-look.ts';
import { dataUrl, encodingOf, hexOf, hexRows, isWhole, lookAt, mimeOf } from './payload-look.ts';
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
  /** Gets all of it when only its beginning is here. */
  readonly onWhole?: (() => Promise<ShownPayload>) | undefined;
  /** What a reader can do about an encoding that this page cannot read. */
  readonly hint?: string | undefined;
}

/** One payload: as a tree, as text or as bytes, to copy and to keep. It is never read as markup of the page. */
export function PayloadView({ label, title, payload: given, place, onWhole, hint }: PayloadViewProps) {
  const [whole, setWhole] = useState<{ readonly of: ShownPayload; readonly payload: ShownPayload }>();
  const payload = whole?.of === given ? whole.payload : given;
  const open = useMemo(() => lookAt(payload), [payload]);
  const [chosen, setChosen] = useState<Mode>();
  const { look, modes, mode, hidden, masked } = useFace({ open, payload, place, chosen });
  const file = useReveal(`${place}, as a file`);
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
          <CopyLook open={open} masked={masked} payload={payload} what={label.toLowerCase()} />
          <DownloadButton payload={payload} label={label} place={place} revealing={file} onWhole={onWhole} />
        </span>
      </div>
      {hidden.isHidden && mode === 'raw' ? null : (
        <Body look={look} payload={payload} mode={mode} label={label} hint={hint} onReveal={hidden.reveal} />
      )}
      <HiddenNote
        hidden={{ ...hidden, problem: hidden.problem ?? file.problem }}
        what={label.toLowerCase()}
        isAsked={mode === 'raw' || look.kind !== 'json'}
      />
      {isWhole(payload) ? null : <Cut payload={payload} onLoad={load} />}
    </div>
  );
}

interface Face {
  readonly look: PayloadLook;
  readonly modes: readonly Mode[];
  readonly mode: Mode | undefined;
  readonly hidden: Hidden;
  /** What may be seen of all of it: the payload is looked through when this is asked, once. */
  readonly masked: () => PayloadLook;
}

interface FaceOf {
  readonly open: PayloadLook;
  readonly payload: ShownPayload;
  readonly place: string;
  readonly chosen: Mode | undefined;
}

/** How a payload shows itself. A tree hides its rows as they are drawn, so only what shows all at once has it looked through. */
function useFace({ open, payload, place, chosen }: FaceOf): Face {
  const isKnown = useIsKnown();
  const masked = useMemo(() => once(() => maskedLook(open, place, isKnown)), [open, place, isKnown]);
  const isWholeHidden = useMemo(() => isAllHidden(open, place, isKnown), [open, place, isKnown]);
  const modes = modesOf(isWholeHidden ? masked() : open, payload);
  const mode = chosen !== undefined && modes.includes(chosen) ? chosen : modes[0];
  const look = mode === 'tree' ? open : masked();
  const hidden = hiddenOf(mode === 'tree' || look !== open, useReveal(place), () => secretsOfLook(open, place));
  return { look, modes, mode, hidden, masked };
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

interface CopyLookProps {
  readonly open: PayloadLook;
  readonly masked: () => PayloadLook;
  readonly payload: ShownPayload;
  readonly what: string;
}

/** What may be seen of it, as text. */
function CopyLook({ open, masked, payload, what }: CopyLookProps) {
  if (open.kind === 'opaque' || open.kind === 'image') return null;
  const text = () => {
    const look = masked();
    if (look === open && look.kind === 'markdown' && encodingOf(payload).startsWith('json/')) return utf8Of(payload.data);
    return 'text' in look ? look.text : 'null';
  };
  return <CopyButton text={text} what={what} />;
}
