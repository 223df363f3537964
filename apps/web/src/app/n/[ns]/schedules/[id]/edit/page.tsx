import type { Metadata } from 'next';
import { EditSchedule } from '../../../../../../features/schedules/edit-schedule.tsx';

export const metadata: Metadata = { title: 'Edit schedule' };

export default async function EditSchedulePage({ params }: { params: Promise<{ ns: string; id: string }> }) {
  const { ns, id } = await params;
  return <EditSchedule namespace={decodeURIComponent(ns)} id={decodeURIComponent(id)} />;
}
