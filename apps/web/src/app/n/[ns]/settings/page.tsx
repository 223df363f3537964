import type { Metadata } from 'next';
import { NamespaceSettings } from '../../../../features/namespaces/namespace-settings.tsx';

export const metadata: Metadata = { title: 'Settings' };

export default async function SettingsPage({ params }: { params: Promise<{ ns: string }> }) {
  const name = decodeURIComponent((await params).ns);
  return <NamespaceSettings key={name} name={name} />;
}
