import type { Metadata } from 'next';
import { BatchPage } from '../../../../../features/batches/batch-page.tsx';

export const metadata: Metadata = { title: 'Batch' };

export default async function OneBatchPage({ params }: { params: Promise<{ ns: string; job: string }> }) {
  const { ns, job } = await params;
  return <BatchPage namespace={decodeURIComponent(ns)} jobId={decodeURIComponent(job)} />;
}
