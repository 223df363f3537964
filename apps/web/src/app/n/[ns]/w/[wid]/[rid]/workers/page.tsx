import type { Metadata } from 'next';
import { RunWorkers } from '../../../../../../../features/run-workers/run-workers.tsx';

export const metadata: Metadata = { title: 'Workers' };

export default function RunWorkersPage() {
  return <RunWorkers />;
}
