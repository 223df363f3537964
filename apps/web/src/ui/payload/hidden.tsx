'use client';
import type { IsKnown } from '@tidemark/engine/api/model/secrets';
import type { ReactNode } from 'react';
import { createContext, use, useCallback, useMemo, useState } from 'react';

interface Gate {
  /** The secrets that were shown, as `secretsIn` gives them. */
  readonly known: ReadonlySet<string>;
  readonly record: (place: string) => Promise<void>;
  readonly know: (secrets: Iterable<string>) => void;
}

const SecretsGate = createContext<Gate | undefined>(undefined);
const NONE: ReadonlySet<string> = new Set();

/**
 * Which secrets were shown on a page, for as long as it is there: who has read one reads it in every view of it, and nothing else.
 * `record` is called before anything is shown; what it throws says why nothing is. One within another is for a part of the page that
 * belongs to another run: its reveals are written down there, and what was read is known to the whole page.
 */
export function Secrets({ record, children }: { record: (place: string) => Promise<void>; children: ReactNode }) {
  const around = use(SecretsGate);
  const [own, setOwn] = useState(NONE);
  const knowHere = useCallback((secrets: Iterable<string>) => setOwn((old) => new Set([...old, ...secrets])), []);
  const known = around?.known ?? own;
  const know = around?.know ?? knowHere;
  const gate = useMemo(() => ({ known, record, know }), [known, record, know]);
  return <SecretsGate value={gate}>{children}</SecretsGate>;
}

/** What this reader was shown already. Another function where it is more. */
export function useIsKnown(): IsKnown {
  const known = use(SecretsGate)?.known ?? NONE;
  return useCallback((secret) => known.has(secret), [known]);
}

export interface Revealing {
  /** Undefined where nobody could write it down. What is done next waits until it is written. */
  readonly reveal: ((secretsOf: SecretsOf, next?: () => void) => void) | undefined;
  readonly problem: string | undefined;
}

/** Finds them when it is asked: what nobody reveals is not looked through for it. */
type SecretsOf = () => Iterable<string>;

/** Shows secrets to the reader; `place` is told to the audit. */
export function useReveal(place: string): Revealing {
  const gate = use(SecretsGate);
  const [problem, setProblem] = useState<string>();
  if (gate === undefined) return { reveal: undefined, problem: undefined };
  const reveal = (secretsOf: SecretsOf, next?: () => void) => {
    setProblem(undefined);
    gate.record(place).then(
      () => {
        gate.know(secretsOf());
        next?.();
      },
      (error: unknown) => setProblem(error instanceof Error ? error.message : String(error)),
    );
  };
  return { reveal, problem };
}

export interface Hidden {
  readonly isHidden: boolean;
  /** Undefined where nothing is hidden, and where nobody could write it down. */
  readonly reveal: (() => void) | undefined;
  readonly problem: string | undefined;
}

export const hiddenOf = (isHidden: boolean, { reveal, problem }: Revealing, secretsOf: SecretsOf): Hidden =>
  isHidden ? { isHidden, reveal: reveal && (() => reveal(secretsOf)), problem } : NOTHING_HIDDEN;
const NOTHING_HIDDEN: Hidden = { isHidden: false, reveal: undefined, problem: undefined };

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
