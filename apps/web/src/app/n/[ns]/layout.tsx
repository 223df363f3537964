import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { fillShell, FirstData } from '../../../data/first-data.tsx';
import { titleOf } from '../../../data/page-title.ts';
import { Shell } from '../../../features/shell/shell.tsx';

interface Props {
  readonly params: Promise<{ ns: string }>;
  readonly children: ReactNode;
}

/** Without the product's name: its icon stands beside it, and a tab has room for few words. */
export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const namespace = decodeURIComponent((await params).ns);
  return { title: { absolute: await titleOf(namespace), template: await titleOf(namespace, '%s') } };
}

export default async function NamespaceLayout({ params, children }: Props) {
  return (
    <FirstData fill={fillShell}>
      <Shell namespace={decodeURIComponent((await params).ns)}>{children}</Shell>
    </FirstData>
  );
}
