import { ReplayTab } from '../../../../../../../features/replay/replay-tab.tsx';

export default function ReplayPage() {
  return <ReplayTab />;
}
