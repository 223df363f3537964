import type { Metadata } from 'next';
import { WorkerPage } from '../../../../../features/workers/worker-page.tsx';

interface Props {
  readonly params: Promise<{ ns: string; key: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Worker ${decodeURIComponent((await params).key)}` };
}

export default async function OneWorkerPage({ params }: Props) {
  const { ns, key } = await params;
  return <WorkerPage namespace={decodeURIComponent(ns)} workerKey={decodeURIComponent(key)} />;
}
