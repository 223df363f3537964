'use client';
import { useMemo } from 'react';
import { stringifyExact } from '../../lib/exact-json.ts';
import { RevealButton } from '../reveal-button.tsx';
import { HiddenNote } from './hidden.tsx';
import { useMasked } from './use-masked.ts';

interface MaskedTextProps {
  /** Its key. */
  readonly name: string;
  readonly value: unknown;
  readonly place: string;
  /** Of a longer one the beginning is shown. */
  readonly charsMax?: number;
  /** Told with the name where two stand beside each other. */
  readonly of?: string;
}

/** A value on one line, hidden where its name or a key within says that it is secret. */
export function MaskedText({ name, value, place, charsMax = Number.POSITIVE_INFINITY, of }: MaskedTextProps) {
  const named = useMemo(() => ({ [name]: value }), [name, value]);
  const { value: shown, hidden } = useMasked(place, named);
  // Masked or not, it has its field.
  const text = stringifyExact((shown as typeof named)[name], 0);
  const what = [name, of].filter(Boolean).join(' of ');
  return (
    <>
      {text.length > charsMax ? `${text.slice(0, charsMax)}…` : text}
      {hidden.reveal === undefined ? null : <RevealButton name={what} onReveal={hidden.reveal} />}
      <HiddenNote hidden={hidden} what={what} isAsked={false} />
    </>
  );
}
