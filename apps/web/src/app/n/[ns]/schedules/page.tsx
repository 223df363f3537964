import type { Metadata } from 'next';
import { ScheduleList } from '../../../../features/schedules/schedule-list.tsx';

export const metadata: Metadata = { title: 'Schedules' };

export default async function SchedulesPage({ params }: { params: Promise<{ ns: string }> }) {
  return <ScheduleList namespace={decodeURIComponent((await params).ns)} />;
}
