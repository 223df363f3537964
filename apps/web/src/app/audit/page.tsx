import { redirect } from 'next/navigation';
import { lastNamespace } from '../../data/last-namespace.ts';
import { paths } from '../../data/paths.ts';

/** The audit is kept with each namespace. */
export default async function AuditAddress() {
  redirect(paths.audit(await lastNamespace()));
}
