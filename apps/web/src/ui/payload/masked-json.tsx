'use client';
import { useMemo } from 'react';
import { stringifyExact } from '../../lib/exact-json.ts';
import { JsonView } from '../json-view.tsx';
import { HiddenNote } from './hidden.tsx';
import { useMasked } from './use-masked.ts';

/** A value with payloads read in place, its secrets hidden. `place` says what it is: `event 5`. */
export function MaskedJson({ value, label, place }: { value: unknown; label: string; place: string }) {
  const { value: shown, hidden } = useMasked(place, value);
  const text = useMemo(() => stringifyExact(shown), [shown]);
  return (
    <>
      <JsonView text={text} label={label} onReveal={hidden.reveal} />
      <HiddenNote hidden={hidden} what={label.toLowerCase()} isAsked={false} />
    </>
  );
}
