import { RunPending } from '../../../../../../../features/workflow-detail/run-pending.tsx';

export default function PendingPage() {
  return <RunPending />;
}
