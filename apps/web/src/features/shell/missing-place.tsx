'use client';
import { lazy } from 'react';

const MissingPage = lazy(() => import('./missing-page.tsx').then((module) => ({ default: module.MissingPage })));

/** Every page carries what to show if it is missing, so that must be no more than a promise of it. */
export const MissingPlace = (props: { readonly namespace: string }) => <MissingPage {...props} />;
