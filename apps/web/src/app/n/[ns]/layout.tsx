import type { ReactNode } from 'react';
import { Shell } from '../../../features/shell/shell.tsx';

interface Props {
  readonly params: Promise<{ ns: string }>;
  readonly children: ReactNode;
}

export default async function NamespaceLayout({ params, children }: Props) {
  return <Shell namespace={decodeURIComponent((await params).ns)}>{children}</Shell>;
}
