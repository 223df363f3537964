import type { Metadata } from 'next';
import { WorkerList } from '../../../../features/workers/worker-list.tsx';

export const metadata: Metadata = { title: 'Workers' };

export default async function WorkersPage({ params }: { params: Promise<{ ns: string }> }) {
  return <WorkerList namespace={decodeURIComponent((await params).ns)} />;
}
