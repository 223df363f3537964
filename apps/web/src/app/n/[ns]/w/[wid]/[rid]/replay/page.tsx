import type { Metadata } from 'next';
import { ReplayTab } from '../../../../../../../features/replay/replay-tab.tsx';

export const metadata: Metadata = { title: 'Replay' };

export default function ReplayPage() {
  return <ReplayTab />;
}
