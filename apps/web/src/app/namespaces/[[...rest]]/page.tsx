import { notFound, redirect } from 'next/navigation';
import { pathOfOld } from '../../../data/old-paths.ts';

/** Addresses of the field's usual console, which people keep in their runbooks. */
export default async function OldAddress({ params }: { params: Promise<{ rest?: string[] }> }) {
  const path = pathOfOld(((await params).rest ?? []).map(decodeURIComponent));
  if (path === undefined) notFound();
  redirect(path);
}
