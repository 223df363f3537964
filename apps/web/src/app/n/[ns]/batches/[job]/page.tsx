import type { Metadata } from 'next';
import { BatchPage } from '../../../../../features/batches/batch-page.tsx';

interface Props {
  readonly params: Promise<{ ns: string; job: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Batch ${decodeURIComponent((await params).job)}` };
}

export default async function OneBatchPage({ params }: Props) {
  const { ns, job } = await params;
  return <BatchPage namespace={decodeURIComponent(ns)} jobId={decodeURIComponent(job)} />;
}
