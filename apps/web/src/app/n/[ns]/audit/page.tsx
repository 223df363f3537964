import type { Metadata } from 'next';
import { AuditPage } from '../../../../features/audit/audit-page.tsx';

export const metadata: Metadata = { title: 'Audit' };

export default async function AuditRoute({ params }: { params: Promise<{ ns: string }> }) {
  return <AuditPage namespace={decodeURIComponent((await params).ns)} />;
}
