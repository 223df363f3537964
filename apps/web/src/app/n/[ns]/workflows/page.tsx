import type { Metadata } from 'next';
import type { Search } from '../../../../data/first-data.tsx';
import { fillList, FirstData } from '../../../../data/first-data.tsx';
import { WorkflowList } from '../../../../features/workflow-list/workflow-list.tsx';

interface Props {
  readonly params: Promise<{ ns: string }>;
  readonly searchParams: Promise<Search>;
}

export const metadata: Metadata = { title: 'Workflows' };

export default async function WorkflowsPage({ params, searchParams }: Props) {
  const namespace = decodeURIComponent((await params).ns);
  return (
    <FirstData fill={fillList(namespace, await searchParams)}>
      <WorkflowList namespace={namespace} />
    </FirstData>
  );
}
