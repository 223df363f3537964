import type { Metadata } from 'next';
import { lastNamespace } from '../data/last-namespace.ts';
import { MissingPlace } from '../features/shell/missing-place.tsx';

export const metadata: Metadata = { title: 'Not found' };

export default async function NotFound() {
  return <MissingPlace namespace={await lastNamespace()} />;
}
