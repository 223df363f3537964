import type { Metadata } from 'next';
import { EventHistory } from '../../../../../../../features/event-history/event-history.tsx';

export const metadata: Metadata = { title: 'History' };

export default function HistoryPage() {
  return <EventHistory />;
}
