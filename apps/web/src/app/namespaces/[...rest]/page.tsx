import { notFound, redirect } from 'next/navigation';
import { paths } from '../../../data/paths.ts';

/** Addresses of the field's usual console, which people keep in their runbooks. */
export default async function OldAddress({ params }: { params: Promise<{ rest: string[] }> }) {
  const [namespace, area, workflowId, runId, tab, eventId] = (await params).rest.map(decodeURIComponent);
  if (namespace === undefined) notFound();
  if (area === 'task-queues' && workflowId) redirect(paths.queue(namespace, workflowId));
  if (area === 'workers') redirect(paths.workers(namespace));
  if (workflowId === undefined) redirect(paths.workflows(namespace));
  if (runId === undefined) redirect(paths.workflow(namespace, workflowId));
  if (eventId !== undefined && /^\d+$/.test(eventId)) redirect(paths.event({ namespace, workflowId, runId }, Number(eventId)));
  redirect(paths.run({ namespace, workflowId, runId }, tab === 'history' ? 'history' : 'timeline'));
}
