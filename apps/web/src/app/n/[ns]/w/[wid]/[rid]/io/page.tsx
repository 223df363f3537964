import { RunIo } from '../../../../../../../features/workflow-detail/run-io.tsx';

export default function IoPage() {
  return <RunIo />;
}
