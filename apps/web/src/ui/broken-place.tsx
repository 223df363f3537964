'use client';
import type { ComponentProps } from 'react';
import { Suspense } from 'react';
import type { BrokenPane as Broken } from './broken-pane.tsx';
import { late } from './late.tsx';

const BrokenPane = late('What stands here', () => import('./broken-pane.tsx').then((module) => module.BrokenPane));

/** Where something broke. What is said of it comes with the first that does. */
export const BrokenPlace = (props: ComponentProps<typeof Broken>) => (
  <Suspense>
    <BrokenPane {...props} />
  </Suspense>
);
