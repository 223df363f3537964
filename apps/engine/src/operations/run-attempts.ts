/** The attempts of runs, read off what is stored: kept for the runs that somebody looks at, so that a second look reads what is new. */
import { setImmediate } from 'node:timers/promises';
import { api } from '@tidemark/protocol/api';
import type { AttemptFacts, AttemptsOf, RunAttempts } from '../api/model/run-attempts.ts';
import { decodeEvents, decodeNotes } from '../history/codec.ts';
import type { Attempts } from '../history/model/attempt-journal.ts';
import { AttemptJournal } from '../history/model/attempt-journal.ts';
import type { RunKey } from '../kernel/ids.ts';
import { KeyedLock } from '../kernel/keyed-lock.ts';
import type { Engine } from './engine.ts';

const { Failure } = api.failure.v1;

const RUNS_MAX = 16;
const STEPS_PER_READ = 200;

interface Reading {
  readonly journal: AttemptJournal;
  version: number;
}

export class AttemptJournals {
  private readonly readings = new Map<string, Reading>();
  private readonly lock = new KeyedLock();

  constructor(private readonly engine: Pick<Engine, 'store' | 'limits'>) {}

  /** Of a run that is known to exist. */
  read(key: RunKey): Promise<RunAttempts> {
    return this.lock.run(key.runId, async () => {
      const { store, limits } = this.engine;
      const reading = this.readings.get(key.runId) ?? { journal: new AttemptJournal(limits.storedFailureBytesMax), version: 0 };
      // While it is read on it is nobody's: a read that fails half way begins anew.
      this.readings.delete(key.runId);
      for (;;) {
        const steps = await store.runs.readTransitions(key, { after: reading.version, sizeMax: STEPS_PER_READ });
        for (const { version, events, notes } of steps) {
          reading.journal.take({ events: decodeEvents(events), notes: decodeNotes(notes) });
          reading.version = version;
        }
        if (steps.length < STEPS_PER_READ) break;
        // A long history is seconds of work, in which others want to be served.
        await setImmediate();
      }
      this.remember(key.runId, reading);
      return factsOf(reading.journal);
    });
  }

  private remember(id: string, reading: Reading): void {
    this.readings.set(id, reading);
    for (const oldest of this.readings.keys()) {
      if (this.readings.size <= RUNS_MAX) return;
      this.readings.delete(oldest);
    }
  }
}

function factsOf(journal: AttemptJournal): RunAttempts {
  return {
    activities: journal.activities.map(attemptsOf),
    activitiesLeftOut: journal.activitiesLeftOut,
    tasks: journal.rows.map(attemptsOf),
    unwritten: journal.workers.map((worker) => ({ ...worker })),
  };
}

function attemptsOf({ scheduledEventId, lastEventId, failed, isOver, attempts, streaks }: Attempts): AttemptsOf {
  const failures: Uint8Array[] = [];
  const placeOf = (failure: Uint8Array): number => {
    const known = failures.indexOf(failure);
    return known >= 0 ? known : failures.push(failure) - 1;
  };
  const facts = [...attempts.first, ...attempts.last].map(
    (one, index): AttemptFacts => ({
      ordinal: index < attempts.first.length ? index + 1 : attempts.total - (attempts.first.length + attempts.last.length - 1 - index),
      number: one.number,
      scheduledAt: one.scheduledAt,
      startedAt: one.startedAt,
      endedAt: one.endedAt,
      heartbeatAt: one.heartbeatAt,
      retryAt: one.retryAt,
      worker: one.worker,
      build: one.build,
      outcome: one.outcome,
      cause: one.cause ?? '',
      failure: one.failure === undefined ? -1 : placeOf(one.failure),
    }),
  );
  const told = [...streaks.first, ...streaks.last].map(({ from, to, failure }) => ({ from, to, failure: placeOf(failure) }));
  return {
    scheduledEventId,
    lastEventId,
    total: attempts.total,
    failed,
    isOver,
    attempts: facts,
    streaks: told,
    streaksTotal: streaks.total,
    failures: failures.map((bytes) => Failure.decode(bytes)),
  };
}
