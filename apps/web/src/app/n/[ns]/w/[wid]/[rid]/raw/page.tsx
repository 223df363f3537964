import type { Metadata } from 'next';
import { RunRaw } from '../../../../../../../features/workflow-detail/run-raw.tsx';

export const metadata: Metadata = { title: 'Raw' };

export default function RawPage() {
  return <RunRaw />;
}
