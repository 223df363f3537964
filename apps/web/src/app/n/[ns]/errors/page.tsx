import type { Metadata } from 'next';
import { ErrorList } from '../../../../features/errors/error-list.tsx';

export const metadata: Metadata = { title: 'Errors' };

export default async function ErrorsPage({ params }: { params: Promise<{ ns: string }> }) {
  return <ErrorList namespace={decodeURIComponent((await params).ns)} />;
}
