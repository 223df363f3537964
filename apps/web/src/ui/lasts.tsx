'use client';
import { formatDuration } from '../lib/duration.ts';
import { useTold } from './use-now.ts';

/** How long something goes on, by the page's clock: a second draws this text alone, and only when it reads otherwise. */
export const Lasts = ({ since }: { readonly since: number }) => useTold((now) => formatDuration(now - since));
