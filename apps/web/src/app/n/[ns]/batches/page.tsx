import type { Metadata } from 'next';
import { BatchList } from '../../../../features/batches/batch-list.tsx';

export const metadata: Metadata = { title: 'Batches' };

export default async function BatchesPage({ params }: { params: Promise<{ ns: string }> }) {
  return <BatchList namespace={decodeURIComponent((await params).ns)} />;
}
