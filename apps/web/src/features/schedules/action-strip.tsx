import type { StripCell } from '../../domain/schedule-strip.ts';
import { cellLook } from '../../domain/schedule-strip.ts';
import { formatDuration } from '../../lib/duration.ts';
import { cx } from '../../lib/text.ts';
import { formatMoment } from '../../lib/time.ts';
import { Glyph, Icon } from '../../ui/icon.tsx';

/** One glyph for each of the last actions, the newest at the right. A dash is a time at which no run was started. */
export function ActionStrip({ cells, zone, now }: { cells: readonly StripCell[]; zone: string; now: number }) {
  if (cells.length === 0) return <span className="dim">none yet</span>;
  const words = cells.map((cell) => cellWords(cell, zone, now));
  return (
    <span className="strip" role="img" aria-label={`Last actions, oldest first: ${words.join('; ')}`}>
      {cells.map((cell, index) => {
        const look = cellLook(cell);
        const isLate = cell.kind === 'run' && cell.lateMs > 0;
        return (
          <span key={`${cell.kind} ${cell.at}`} className={cx('cellg', `st-${look.tone}`, isLate && 'late-c')} title={words[index]}>
            {cell.kind === 'skipped' ? <Icon name="minus" small /> : <Glyph name={look.glyph} />}
          </span>
        );
      })}
    </span>
  );
}

function cellWords(cell: StripCell, zone: string, now: number): string {
  const at = formatMoment(cell.at, zone, now);
  if (cell.kind === 'skipped') return `${at} no run`;
  return `${at} ${cellLook(cell).word.toLowerCase()}${cell.lateMs > 0 ? `, ${formatDuration(cell.lateMs)} late` : ''}`;
}
