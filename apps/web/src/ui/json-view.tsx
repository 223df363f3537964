'use client';
import { MASK } from '@tidemark/engine/api/model/secrets';
import type { ReactNode } from 'react';
import { useDeferredValue, useMemo, useState } from 'react';
import { RevealButton } from './reveal-button.tsx';

const TOKEN = /("(?:\\.|[^"\\])*")(\s*:)?|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(true|false|null)/g;
const LINES_MAX = 400;
/** About a screen of them: the others follow when they do not keep it waiting. */
const LINES_FIRST = 60;

interface JsonViewProps {
  readonly value?: unknown;
  readonly text?: string;
  readonly label?: string;
  /** Where some of it is masked: shows it. */
  readonly onReveal?: (() => void) | undefined;
}

/** JSON as text with three inks. Data is never read as markup, and long data is cut until asked for. */
export function JsonView({ value, text, label, onReveal }: JsonViewProps) {
  const full = useMemo(() => text ?? JSON.stringify(value, null, 2) ?? 'undefined', [text, value]);
  const [isWhole, setWhole] = useState(false);
  const lines = useMemo(() => full.split('\n'), [full]);
  const most = useDeferredValue(isWhole ? Number.POSITIVE_INFINITY : LINES_MAX, LINES_FIRST);
  const shown = useMemo(() => (lines.length <= most ? full : lines.slice(0, most).join('\n')), [full, lines, most]);
  const inks = useMemo(() => colour(shown, onReveal), [shown, onReveal]);
  return (
    <>
      <pre className="code" tabIndex={0} aria-label={label ?? 'JSON'}>
        {inks}
      </pre>
      {isWhole || lines.length <= LINES_MAX ? null : (
        <button className="linkb small" type="button" onClick={() => setWhole(true)}>
          Show all {lines.length} lines
        </button>
      )}
    </>
  );
}

function colour(text: string, onReveal: (() => void) | undefined): ReactNode[] {
  const out: ReactNode[] = [];
  let reached = 0;
  let key = '';
  for (const match of text.matchAll(TOKEN)) {
    if (match.index > reached) out.push(text.slice(reached, match.index));
    const [whole, quoted, colon] = match;
    if (quoted !== undefined && colon !== undefined) {
      key = quoted.slice(1, -1);
      out.push(
        <span key={match.index} className="k">
          {quoted}
        </span>,
        colon,
      );
    } else
      out.push(
        <span key={match.index} className={quoted === undefined ? 'm' : 's'}>
          {whole}
        </span>,
      );
    // Also where it stands in a text, as JSON in JSON does.
    if (colon === undefined && quoted?.includes(MASK) && onReveal !== undefined)
      out.push(<RevealButton key={`r${match.index}`} name={key} onReveal={onReveal} />);
    reached = match.index + whole.length;
  }
  out.push(text.slice(reached));
  return out;
}
