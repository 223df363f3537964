import type { Metadata } from 'next';
import { NewSchedule } from '../../../../../features/schedules/new-schedule.tsx';

export const metadata: Metadata = { title: 'New schedule' };

export default async function NewSchedulePage({ params }: { params: Promise<{ ns: string }> }) {
  return <NewSchedule namespace={decodeURIComponent((await params).ns)} />;
}
