import { EventHistory } from '../../../../../../../features/event-history/event-history.tsx';

export default function HistoryPage() {
  return <EventHistory />;
}
