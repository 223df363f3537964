import { RunCompare } from '../../../../../../../features/run-compare/run-compare.tsx';

export default function RunComparePage() {
  return <RunCompare />;
}
