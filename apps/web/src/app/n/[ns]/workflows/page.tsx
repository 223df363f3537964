import type { Metadata } from 'next';
import { WorkflowList } from '../../../../features/workflow-list/workflow-list.tsx';

interface Props {
  readonly params: Promise<{ ns: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Workflows · ${decodeURIComponent((await params).ns)}` };
}

export default async function WorkflowsPage({ params }: Props) {
  return <WorkflowList namespace={decodeURIComponent((await params).ns)} />;
}
