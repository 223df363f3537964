import type { ReactNode } from 'react';

export interface CodeLine {
  readonly number: number;
  readonly text: string;
  readonly mark?: 'bad' | 'add' | 'at' | undefined;
}

/** A few lines of source with the one that matters marked. */
export function CodeFrame({ title, end, lines }: { title: ReactNode; end?: ReactNode; lines: readonly CodeLine[] }) {
  return (
    <div className="frame">
      <div className="cap">
        <span className="mono">{title}</span>
        <span className="grow" />
        {end}
      </div>
      {lines.map((line) => (
        <div key={line.number} className={`ln ${line.mark ?? ''}`}>
          <b>{line.number}</b>
          <i>{line.mark === 'add' ? '+' : line.mark === 'bad' ? '›' : ''}</i>
          <span>{line.text}</span>
        </div>
      ))}
    </div>
  );
}
