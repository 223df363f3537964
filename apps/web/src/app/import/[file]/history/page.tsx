import { EventHistory } from '../../../../features/event-history/event-history.tsx';

export default function FileHistoryPage() {
  return <EventHistory />;
}
