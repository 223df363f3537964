'use client';
import { maskSecrets } from '@tidemark/engine/api/model/secrets';
import { useMemo } from 'react';
import type { Hidden } from './hidden.tsx';
import { useHidden } from './hidden.tsx';

/** A value as it may be shown now. `place` is told to the audit when somebody reveals it: `event 5`. */
export function useMasked(place: string, value: unknown): { readonly value: unknown; readonly hidden: Hidden } {
  const masked = useMemo(() => maskSecrets(value), [value]);
  const hidden = useHidden(place, masked.isMasked);
  return { value: hidden.isHidden ? masked.value : value, hidden };
}
