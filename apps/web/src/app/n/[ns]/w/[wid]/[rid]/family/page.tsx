import type { Metadata } from 'next';
import { RunFamily } from '../../../../../../../features/run-family/run-family.tsx';

export const metadata: Metadata = { title: 'Family' };

export default function RunFamilyPage() {
  return <RunFamily />;
}
