'use client';
import type { LaneRow, SourceFrame } from '../../domain/replay-report.ts';
import { bestFrame } from '../../domain/replay-report.ts';
import { MaskedText } from '../../ui/payload/masked-text.tsx';
import { ReplaySource } from './replay-source.tsx';

/** Every field in which the two sides of a row part, and where the code asked for its side. */
export function RowDetails({ row }: { row: LaneRow }) {
  const frame = bestFrame(row.command?.stack);
  const place = row.event === undefined ? 'replay' : `replay, event ${row.event.eventId}`;
  return (
    <div className="rowd">
      {row.movedFrom === undefined ? null : (
        <p className="small mid">
          The same step stands in row {row.movedFrom + 1} of this task in history: its place has changed, not what it is.
        </p>
      )}
      {row.fields === undefined ? (
        <dl className="kv small">
          {row.event === undefined ? null : (
            <>
              <dt>History</dt>
              <dd>{row.event.label}</dd>
            </>
          )}
          {row.command === undefined ? null : (
            <>
              <dt>Code</dt>
              <dd>{row.command.label}</dd>
            </>
          )}
        </dl>
      ) : (
        <table className="small rowf" aria-label="Fields that differ">
          <thead>
            <tr>
              <th scope="col">Field</th>
              <th scope="col">In history</th>
              <th scope="col">By the code</th>
              <th scope="col">Ends the replay</th>
            </tr>
          </thead>
          <tbody>
            {row.fields.map((field) => (
              <tr key={field.path}>
                <td className="mono">{field.path}</td>
                <td className="mono">
                  <MaskedText name={field.path} value={field.expected} place={`${place}, ${field.path}`} of="history" />
                </td>
                <td className="mono">
                  <MaskedText name={field.path} value={field.actual} place={`${place}, ${field.path}`} of="the code" />
                </td>
                <td>{field.matters ? 'yes' : 'no'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {frame === undefined ? null : frame.snippet === undefined ? (
        <p className="mono small">{whereOf(frame)}</p>
      ) : (
        <ReplaySource frame={frame} />
      )}
    </div>
  );
}

const whereOf = ({ file, line, fn }: SourceFrame): string => `${file}:${line}${fn === undefined ? '' : ` in ${fn}`}`;
