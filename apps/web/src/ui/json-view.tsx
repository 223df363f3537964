'use client';
import type { ReactNode } from 'react';
import { useMemo, useState } from 'react';

const TOKEN = /("(?:\\.|[^"\\])*")(\s*:)?|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(true|false|null)/g;
const LINES_MAX = 400;

/** JSON as text with three inks. Data is never read as markup, and long data is cut until asked for. */
export function JsonView({ value, text, label }: { value?: unknown; text?: string; label?: string }) {
  const full = useMemo(() => text ?? JSON.stringify(value, null, 2) ?? 'undefined', [text, value]);
  const [isWhole, setWhole] = useState(false);
  const lines = useMemo(() => full.split('\n'), [full]);
  const shown = isWhole || lines.length <= LINES_MAX ? full : lines.slice(0, LINES_MAX).join('\n');
  const inks = useMemo(() => colour(shown), [shown]);
  return (
    <>
      <pre className="code" tabIndex={0} aria-label={label ?? 'JSON'}>
        {inks}
      </pre>
      {shown === full ? null : (
        <button className="linkb small" type="button" onClick={() => setWhole(true)}>
          Show all {lines.length} lines
        </button>
      )}
    </>
  );
}

function colour(text: string): ReactNode[] {
  const out: ReactNode[] = [];
  let reached = 0;
  for (const match of text.matchAll(TOKEN)) {
    if (match.index > reached) out.push(text.slice(reached, match.index));
    const [whole, quoted, colon] = match;
    if (quoted !== undefined && colon !== undefined) {
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
    reached = match.index + whole.length;
  }
  out.push(text.slice(reached));
  return out;
}
