import type { Metadata } from 'next';
import { StartWorkflow } from '../../../../../features/start-workflow/start-workflow.tsx';

export const metadata: Metadata = { title: 'Start a workflow' };

export default async function StartPage({ params }: { params: Promise<{ ns: string }> }) {
  return <StartWorkflow namespace={decodeURIComponent((await params).ns)} />;
}
