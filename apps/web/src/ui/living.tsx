'use client';
import type { ReactNode } from 'react';
import { useIsLiving } from './use-is-living.ts';

/** What is drawn in the browser alone: it is no part of the first HTML, which it would make longer to take over. */
export const Living = ({ fallback, children }: { fallback: ReactNode; children: ReactNode }) => (useIsLiving() ? children : fallback);
