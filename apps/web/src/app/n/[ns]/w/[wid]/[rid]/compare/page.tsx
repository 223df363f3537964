import type { Metadata } from 'next';
import { RunCompare } from '../../../../../../../features/run-compare/run-compare.tsx';

export const metadata: Metadata = { title: 'Compare' };

export default function RunComparePage() {
  return <RunCompare />;
}
