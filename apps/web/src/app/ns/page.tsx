import type { Metadata } from 'next';
import { NamespaceList } from '../../features/namespaces/namespace-list.tsx';

export const metadata: Metadata = { title: 'Namespaces' };

export default function NamespacesPage() {
  return <NamespaceList />;
}
