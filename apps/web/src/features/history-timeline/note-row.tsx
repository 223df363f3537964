'use client';
import { useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { historyKey } from '../../data/load-history.ts';
import { paths } from '../../data/paths.ts';
import { chain } from '../../data/relatives-queries.ts';
import type { RowNote } from '../../domain/opened-run.ts';
import type { TimelineRow } from '../../domain/timeline-layout.ts';
import { indentOf } from './indent.ts';

interface NoteRowProps {
  readonly note: RowNote;
  readonly row: TimelineRow;
  readonly index: number;
}

/** In the place of a child's steps: that they are being read, why they cannot be, or how many more there are. */
export function NoteRow({ note, row, index }: NoteRowProps) {
  return (
    <div
      role="row"
      className="tl-row tl-note"
      aria-level={row.level}
      aria-rowindex={index + 1}
      aria-busy={note.kind === 'reading'}
      style={indentOf(row)}
    >
      <div role="gridcell" className={note.kind === 'reading' ? 'late' : undefined}>
        <NoteWords note={note} />
      </div>
    </div>
  );
}

export function NoteWords({ note: { kind, text, run } }: { readonly note: RowNote }) {
  const client = useQueryClient();
  const again = () => {
    void client.refetchQueries({ queryKey: chain(run).queryKey });
    void client.refetchQueries({ queryKey: historyKey(run) });
  };
  return (
    <>
      <span className="cut" title={kind === 'problem' ? text : undefined}>
        {text}
      </span>
      {kind === 'problem' ? (
        <button type="button" className="linkb" onClick={again}>
          Try again
        </button>
      ) : null}
      {kind === 'more' ? <Link href={paths.run(run)}>Open its page</Link> : null}
    </>
  );
}
