import type { Metadata } from 'next';
import { DeploymentList } from '../../../../features/deployments/deployment-list.tsx';

export const metadata: Metadata = { title: 'Deployments' };

export default async function DeploymentsPage({ params }: { params: Promise<{ ns: string }> }) {
  return <DeploymentList namespace={decodeURIComponent((await params).ns)} />;
}
