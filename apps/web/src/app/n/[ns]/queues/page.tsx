import type { Metadata } from 'next';
import { QueueList } from '../../../../features/task-queues/queue-list.tsx';

export const metadata: Metadata = { title: 'Task queues' };

export default async function QueuesPage({ params }: { params: Promise<{ ns: string }> }) {
  return <QueueList namespace={decodeURIComponent((await params).ns)} />;
}
