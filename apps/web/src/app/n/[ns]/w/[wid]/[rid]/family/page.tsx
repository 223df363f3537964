import { RunFamily } from '../../../../../../../features/run-family/run-family.tsx';

export default function RunFamilyPage() {
  return <RunFamily />;
}
