import { Timeline } from '../../../features/history-timeline/timeline.tsx';

export default function FileTimelinePage() {
  return <Timeline />;
}
