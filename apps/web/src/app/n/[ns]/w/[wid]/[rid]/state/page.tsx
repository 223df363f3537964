import type { Metadata } from 'next';
import { RunState } from '../../../../../../../features/run-state/run-state.tsx';

export const metadata: Metadata = { title: 'State' };

export default function StatePage() {
  return <RunState />;
}
