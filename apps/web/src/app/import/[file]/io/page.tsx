import { RunIo } from '../../../../features/workflow-detail/run-io.tsx';

export default function FileIoPage() {
  return <RunIo />;
}
