import { RunWorkers } from '../../../../features/run-workers/run-workers.tsx';

export default function FileWorkersPage() {
  return <RunWorkers />;
}
