import type { Metadata } from 'next';
import { RunInteract } from '../../../../../../../features/workflow-detail/run-interact.tsx';

export const metadata: Metadata = { title: 'Interact' };

export default function InteractPage() {
  return <RunInteract />;
}
