import type { Metadata } from 'next';
import { RunPending } from '../../../../../../../features/workflow-detail/run-pending.tsx';

export const metadata: Metadata = { title: 'Pending' };

export default function PendingPage() {
  return <RunPending />;
}
