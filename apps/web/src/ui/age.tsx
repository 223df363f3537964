'use client';
import { formatAge } from '../lib/duration.ts';
import { useTold } from './use-now.ts';

/** How old something is, by the page's clock: a second draws this text alone, and only when it reads otherwise. */
export const Age = ({ at }: { readonly at: number }) => useTold((now) => formatAge(now - at));
