'use client';
import { maskJson, maskSecrets, secretsIn } from '@tidemark/engine/api/model/secrets';
import { useCallback, useMemo } from 'react';
import type { Hidden } from './hidden.tsx';
import { hiddenOf, useIsKnown, useReveal } from './hidden.tsx';

/** A value as it may be shown now. `place` is told to the audit when somebody reveals it: `event 5`. */
export function useMasked(place: string, value: unknown): { readonly value: unknown; readonly hidden: Hidden } {
  const isKnown = useIsKnown();
  const masked = useMemo(() => maskSecrets(value, isKnown), [value, isKnown]);
  const revealing = useReveal(place);
  return { value: masked.value, hidden: hiddenOf(masked.isMasked, revealing, () => secretsIn(value)) };
}

/** The same for a text with JSON in it. */
export function useMaskedText(place: string, text: string): { readonly text: string; readonly hidden: Hidden } {
  const { value, hidden } = useMasked(place, text);
  // Of a text a text is left.
  return { text: String(value), hidden };
}

/** Hides in any text what may not be shown now. */
export function useMaskOfText(): (text: string) => string {
  const isKnown = useIsKnown();
  return useCallback((text) => maskJson(text, isKnown), [isKnown]);
}
