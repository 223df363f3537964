import { usePreference } from '../../data/preferences.ts';
import type { LatencyGrid } from '../../domain/latency-box.ts';
import { spanWords } from '../../domain/latency-box.ts';
import { formatCount } from '../../lib/number.ts';
import { closedWords } from './latency-words.ts';

/** What the picture of durations shows, for those who do not see it: every cell that holds runs. */
export function LatencyTable({ grid, now }: { grid: LatencyGrid; now: number }) {
  const zone = usePreference('zone');
  return (
    <div className="sr">
      <table role="table" aria-label="Durations of closed runs">
        <thead role="rowgroup">
          <tr role="row">
            {['Closed', 'Took', 'Runs', 'Ended badly'].map((head) => (
              <th key={head} role="columnheader" scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {grid.cells.map(({ column, row, runs, bad }) => (
            <tr key={`${column} ${row}`} role="row">
              <td role="cell">{closedWords(grid.from + column * grid.width, grid.width, { zone, now })}</td>
              <td role="cell">{spanWords(grid.edges[row] ?? 0, grid.edges[row + 1] ?? 0)}</td>
              <td role="cell">{formatCount(runs)}</td>
              <td role="cell">{formatCount(bad)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
