'use client';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import type { ListStrip } from './preferences.ts';
import { setPreferences, usePreference } from './preferences.ts';

const STRIPS: readonly ListStrip[] = ['starts', 'durations', 'steps'];

/** Which picture stands above the list, in the address and, for the next visit, in this browser. */
export function useListStrip() {
  const usual = usePreference('strip');
  const [word, setWord] = useQueryState('strip', parseAsStringLiteral(STRIPS));
  const setStrip = (strip: ListStrip) => {
    setPreferences({ strip });
    void setWord(strip === 'starts' ? null : strip);
  };
  return { strip: word ?? usual, setStrip };
}
