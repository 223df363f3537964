'use client';
import { useOffline } from 'next/offline';
import { useEffect } from 'react';
import { isLeaving, onNavigation } from '../lib/keep-navigation.ts';
import { tell } from './toasts.tsx';

/** While nobody answers, the router holds what was asked for until somebody does. This says so. */
export function HeldLinks() {
  const isOffline = useOffline();
  useEffect(() => {
    if (!isOffline) return undefined;
    const say = () => tell('The console does not answer. The page opens as soon as it does.', 'problem');
    if (isLeaving()) say();
    return onNavigation(say);
  }, [isOffline]);
  return null;
}
