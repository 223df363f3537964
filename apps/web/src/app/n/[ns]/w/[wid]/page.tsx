import { LatestRun } from '../../../../../features/workflow-detail/latest-run.tsx';

export default function WorkflowPage() {
  return <LatestRun />;
}
