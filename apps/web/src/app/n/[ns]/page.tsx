import type { Metadata } from 'next';
import { Overview } from '../../../features/overview/overview.tsx';

export const metadata: Metadata = { title: 'Overview' };

export default async function NamespacePage({ params }: { params: Promise<{ ns: string }> }) {
  return <Overview namespace={decodeURIComponent((await params).ns)} />;
}
