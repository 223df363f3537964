'use client';
import type { ComponentProps } from 'react';
import { Suspense } from 'react';
import { late } from '../../ui/late.tsx';
import { useOnce } from '../../ui/use-once.ts';
import type { ActionDialogs as Dialogs } from './action-dialogs.tsx';

const ActionDialogs = late(
  'The dialog',
  () => import('./action-dialogs.tsx').then((module) => module.ActionDialogs),
  ({ action }) => action,
);

/** The dialogs of what can be done to a run; their code comes with the first that is asked for. */
export function ActionPlace(props: ComponentProps<typeof Dialogs>) {
  if (!useOnce(props.action !== undefined)) return null;
  return (
    <Suspense>
      <ActionDialogs {...props} />
    </Suspense>
  );
}
