import { RunState } from '../../../../../../../features/run-state/run-state.tsx';

export default function StatePage() {
  return <RunState />;
}
