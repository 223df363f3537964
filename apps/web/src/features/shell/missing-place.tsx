'use client';
import { late } from '../../ui/late.tsx';

const MissingPage = late('This page', () => import('./missing-page.tsx').then((module) => module.MissingPage));

/** Every page carries what to show if it is missing, so that must be no more than a promise of it. */
export const MissingPlace = (props: { readonly namespace: string }) => <MissingPage {...props} />;
