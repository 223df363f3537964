import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { MissingPlace } from '../features/shell/missing-place.tsx';

export const metadata: Metadata = { title: 'Not found' };

export default async function NotFound() {
  const last = (await cookies()).get('tidemark-namespace')?.value;
  return <MissingPlace namespace={last ? decodeURIComponent(last) : 'default'} />;
}
