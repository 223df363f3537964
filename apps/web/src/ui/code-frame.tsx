import type { ReactNode } from 'react';
import { useId } from 'react';

type Mark = 'bad' | 'add' | 'at';

export interface CodeLine {
  readonly number: number;
  readonly text: string;
  readonly mark?: Mark | undefined;
}

const SIGNS: Readonly<Record<Mark, string>> = { add: '+', bad: '›', at: '' };
/** What those hear who do not see the ground of a line. */
const WORDS: Readonly<Record<Mark, string>> = { add: 'added', bad: 'this line', at: 'this line' };

/** A few lines of source with the one that matters marked. */
export function CodeFrame({ title, end, lines }: { title: ReactNode; end?: ReactNode; lines: readonly CodeLine[] }) {
  const id = useId();
  return (
    <div className="frame" role="group" aria-labelledby={id}>
      <div className="cap">
        <span className="mono" id={id}>
          {title}
        </span>
        <span className="grow" />
        {end}
      </div>
      {lines.map((line) => (
        <div key={line.number} className={`ln ${line.mark ?? ''}`}>
          <b>{line.number}</b>
          <i aria-hidden="true">{line.mark === undefined ? '' : SIGNS[line.mark]}</i>
          {line.mark === undefined ? null : <span className="sr">{WORDS[line.mark]}: </span>}
          <span>{line.text}</span>
        </div>
      ))}
    </div>
  );
}
