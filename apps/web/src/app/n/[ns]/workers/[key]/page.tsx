import type { Metadata } from 'next';
import { WorkerPage } from '../../../../../features/workers/worker-page.tsx';

export const metadata: Metadata = { title: 'Worker' };

export default async function OneWorkerPage({ params }: { params: Promise<{ ns: string; key: string }> }) {
  const { ns, key } = await params;
  return <WorkerPage namespace={decodeURIComponent(ns)} workerKey={decodeURIComponent(key)} />;
}
