import type { Metadata } from 'next';
import { titleOf } from '../../../data/page-title.ts';
import { Overview } from '../../../features/overview/overview.tsx';

interface Props {
  readonly params: Promise<{ ns: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: { absolute: await titleOf(decodeURIComponent((await params).ns), 'Overview') } };
}

export default async function NamespacePage({ params }: Props) {
  return <Overview namespace={decodeURIComponent((await params).ns)} />;
}
