import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { Shell } from '../../features/shell/shell.tsx';

export default async function NamespacesLayout({ children }: { children: ReactNode }) {
  const last = (await cookies()).get('tidemark-namespace')?.value;
  return <Shell namespace={last ? decodeURIComponent(last) : 'default'}>{children}</Shell>;
}
