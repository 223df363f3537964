import { RunRaw } from '../../../../../../../features/workflow-detail/run-raw.tsx';

export default function RawPage() {
  return <RunRaw />;
}
