import { RunInteract } from '../../../../../../../features/workflow-detail/run-interact.tsx';

export default function InteractPage() {
  return <RunInteract />;
}
