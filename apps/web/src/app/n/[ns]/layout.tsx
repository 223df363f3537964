import type { ReactNode } from 'react';
import { fillShell, FirstData } from '../../../data/first-data.tsx';
import { Shell } from '../../../features/shell/shell.tsx';

interface Props {
  readonly params: Promise<{ ns: string }>;
  readonly children: ReactNode;
}

export default async function NamespaceLayout({ params, children }: Props) {
  return (
    <FirstData fill={fillShell}>
      <Shell namespace={decodeURIComponent((await params).ns)}>{children}</Shell>
    </FirstData>
  );
}
