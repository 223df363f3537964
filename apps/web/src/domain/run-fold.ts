/** Folds a history event by event, with a copy kept every so often, so that any position is a few hundred events away from one. */
import { applyEvent } from '@tidemark/engine/history-model/apply-event';
import type { HistoryEvent } from '@tidemark/engine/history-model/events';
import { applyBeside } from './apply-beside.ts';
import { isKnownType } from './history-event.ts';
import type { RunEvent } from './run-event.ts';
import type { RunPoint } from './run-point.ts';
import { copyPoint, emptyPoint } from './run-point.ts';

const SNAPSHOT_EVERY = 512;

export interface FoldSource {
  readonly eventOf: (row: RunEvent, rows: readonly RunEvent[]) => HistoryEvent;
  /** What a patch marker says it stands for. */
  readonly patchOf: (row: RunEvent) => string | undefined;
}

export class RunFold {
  /** After event 0, 512, 1024 and so on. */
  readonly #snapshots: RunPoint[] = [emptyPoint()];
  readonly #source: FoldSource;
  #rows: readonly RunEvent[] = [];
  #last: { at: number; point: RunPoint } = { at: 0, point: emptyPoint() };

  constructor(source: FoldSource) {
    this.#source = source;
  }

  /** The history of an open run grows at its end; what was folded stays. */
  grow(rows: readonly RunEvent[]): this {
    this.#rows = rows;
    return this;
  }

  /** The run after an event. What is returned stays as it is. */
  at(eventId: number): RunPoint {
    const wanted = Math.max(0, Math.min(eventId, this.#rows.length));
    const from = this.#nearest(wanted);
    const point = copyPoint(from.point);
    for (let id = from.at + 1; id <= wanted; id++) {
      this.#apply(point, id);
      if (id === this.#snapshots.length * SNAPSHOT_EVERY) this.#snapshots.push(copyPoint(point));
    }
    this.#last = { at: wanted, point };
    return point;
  }

  /** The copy before the position, or where the last question led, whichever is nearer. */
  #nearest(wanted: number): { at: number; point: RunPoint } {
    const index = Math.min(Math.floor(wanted / SNAPSHOT_EVERY), this.#snapshots.length - 1);
    const kept = { at: index * SNAPSHOT_EVERY, point: this.#snapshots[index] ?? emptyPoint() };
    return this.#last.at <= wanted && this.#last.at > kept.at ? this.#last : kept;
  }

  #apply(point: RunPoint, id: number): void {
    const row = this.#rows[id - 1];
    if (row === undefined) return;
    const { derived, beside } = point;
    try {
      if (isKnownType(row.type)) applyEvent(derived, this.#source.eventOf(row, this.#rows));
      else beside.notes.push(`Event ${id} is a ${row.type || 'nameless event'}, which this console does not know; it is left out.`);
      applyBeside(point, row, this.#source.patchOf);
    } catch (error) {
      beside.notes.push(
        `Event ${id}, ${row.type}, does not fit what came before it: ${error instanceof Error ? error.message : String(error)}.`,
      );
    }
    // Also after an event that was left out, or every later one would be refused.
    derived.nextEventId = id + 1;
  }
}
