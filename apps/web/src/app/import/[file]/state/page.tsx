import { RunState } from '../../../../features/run-state/run-state.tsx';

export default function FileStatePage() {
  return <RunState />;
}
