import type { Metadata } from 'next';
import { ErrorPage } from '../../../../../features/errors/error-page.tsx';

export const metadata: Metadata = { title: 'Error' };

export default async function ErrorGroupPage({ params }: { params: Promise<{ ns: string; fp: string }> }) {
  const { ns, fp } = await params;
  return <ErrorPage namespace={decodeURIComponent(ns)} id={decodeURIComponent(fp)} />;
}
