import type { Metadata } from 'next';
import { QueuePage } from '../../../../../features/task-queues/queue-page.tsx';

interface Props {
  readonly params: Promise<{ ns: string; queue: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Queue ${decodeURIComponent((await params).queue)}` };
}

export default async function TaskQueuePage({ params }: Props) {
  const { ns, queue } = await params;
  return <QueuePage namespace={decodeURIComponent(ns)} name={decodeURIComponent(queue)} />;
}
