'use client';
import { useSyncExternalStore } from 'react';

const noChanges = () => () => undefined;
const yes = () => true;
const no = () => false;

/** False in the first HTML and while the browser takes it over; true for what is drawn in the browser alone, from its first drawing on. */
export const useIsLiving = (): boolean => useSyncExternalStore(noChanges, yes, no);
