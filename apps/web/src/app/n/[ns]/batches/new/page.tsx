import type { Metadata } from 'next';
import { NewBatch } from '../../../../../features/batches/new-batch.tsx';

export const metadata: Metadata = { title: 'New batch' };

export default async function NewBatchPage({ params }: { params: Promise<{ ns: string }> }) {
  return <NewBatch namespace={decodeURIComponent((await params).ns)} />;
}
