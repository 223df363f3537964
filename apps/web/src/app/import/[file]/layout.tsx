import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { FileFrame } from '../../../features/workflow-detail/file-frame.tsx';

export const metadata: Metadata = { title: 'Imported history' };

export default function FileLayout({ children }: { children: ReactNode }) {
  return <FileFrame>{children}</FileFrame>;
}
