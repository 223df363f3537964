'use client';
import type { ReactNode } from 'react';
import { createContext, use, useMemo, useState } from 'react';

interface Gate {
  readonly revealed: ReadonlySet<string>;
  readonly reveal: (place: string, key: string) => Promise<void>;
}

const SecretsGate = createContext<Gate | undefined>(undefined);

/**
 * What was revealed on a page, for as long as it is there. `record` is called before anything is shown; what it throws says why
 * nothing is.
 */
export function Secrets({ record, children }: { record: (place: string) => Promise<void>; children: ReactNode }) {
  const [revealed, setRevealed] = useState<ReadonlySet<string>>(new Set());
  const gate = useMemo(
    () => ({
      revealed,
      reveal: async (place: string, key: string) => {
        await record(place);
        setRevealed((old) => new Set([...old, key]));
      },
    }),
    [revealed, record],
  );
  return <SecretsGate value={gate}>{children}</SecretsGate>;
}

export interface Hidden {
  readonly isHidden: boolean;
  /** Undefined where nothing is hidden, and where nobody could write it down. */
  readonly reveal: (() => void) | undefined;
  readonly problem: string | undefined;
}

/** Whether the secrets of a payload are hidden now, and what shows them. `key` is another where what is in that place is. */
export function useHidden(place: string, hasSecrets: boolean, key = place): Hidden {
  const gate = use(SecretsGate);
  const [problem, setProblem] = useState<string>();
  const isHidden = hasSecrets && !gate?.revealed.has(key);
  const ask = gate?.reveal;
  const reveal = useMemo(
    () =>
      isHidden && ask !== undefined
        ? () => {
            setProblem(undefined);
            ask(place, key).catch((error: unknown) => setProblem(error instanceof Error ? error.message : String(error)));
          }
        : undefined,
    [isHidden, ask, place, key],
  );
  return { isHidden, reveal, problem: isHidden ? problem : undefined };
}

/** What stands below: why it stays hidden, and where it has no button in its place, one for all of it. */
export function HiddenNote({ hidden, what, isAsked }: { hidden: Hidden; what: string; isAsked: boolean }) {
  if (!hidden.isHidden) return null;
  return (
    <>
      {isAsked && hidden.reveal !== undefined ? (
        <p className="small mid">
          Some of it is hidden: its keys say that it is secret.{' '}
          <button className="linkb" type="button" aria-label={`Reveal ${what}`} onClick={hidden.reveal}>
            Reveal
          </button>
        </p>
      ) : null}
      {hidden.problem === undefined ? null : (
        <p className="small lostd" role="alert">
          It stays hidden, since it could not be written to the audit: {hidden.problem}
        </p>
      )}
    </>
  );
}
