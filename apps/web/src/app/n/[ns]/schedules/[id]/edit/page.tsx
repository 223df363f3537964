import type { Metadata } from 'next';
import { EditSchedule } from '../../../../../../features/schedules/edit-schedule.tsx';

interface Props {
  readonly params: Promise<{ ns: string; id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Edit schedule ${decodeURIComponent((await params).id)}` };
}

export default async function EditSchedulePage({ params }: Props) {
  const { ns, id } = await params;
  return <EditSchedule namespace={decodeURIComponent(ns)} id={decodeURIComponent(id)} />;
}
