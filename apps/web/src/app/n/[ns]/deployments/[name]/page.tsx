import type { Metadata } from 'next';
import { DeploymentPage } from '../../../../../features/deployments/deployment-page.tsx';

interface Props {
  readonly params: Promise<{ ns: string; name: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Deployment ${decodeURIComponent((await params).name)}` };
}

export default async function WorkerDeploymentPage({ params }: Props) {
  const { ns, name } = await params;
  return <DeploymentPage namespace={decodeURIComponent(ns)} name={decodeURIComponent(name)} />;
}
