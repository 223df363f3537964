'use client';
import { maskSecrets } from '@tidemark/engine/api/model/secrets';
import { useMemo } from 'react';
import { stringifyExact } from '../../lib/exact-json.ts';
import { RevealButton } from '../reveal-button.tsx';
import { HiddenNote, useHidden } from './hidden.tsx';

/** A value on one line, hidden where its name or a key within says that it is secret. */
export function MaskedText({ name, value, place }: { name: string; value: unknown; place: string }) {
  const { value: masked, isMasked } = useMemo(() => maskSecrets({ [name]: value }), [name, value]);
  const hidden = useHidden(place, isMasked);
  const shown = hidden.isHidden ? (masked as Readonly<Record<string, unknown>>)[name] : value;
  return (
    <>
      {stringifyExact(shown, 0)}
      {hidden.reveal === undefined ? null : <RevealButton name={name} onReveal={hidden.reveal} />}
      <HiddenNote hidden={hidden} what={name} isAsked={false} />
    </>
  );
}
