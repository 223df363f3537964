import type { Metadata } from 'next';
import { RunIo } from '../../../../../../../features/workflow-detail/run-io.tsx';

export const metadata: Metadata = { title: 'Input and result' };

export default function IoPage() {
  return <RunIo />;
}
