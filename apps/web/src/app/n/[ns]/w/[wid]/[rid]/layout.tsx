import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { RunReset } from '../../../../../../features/run-reset/run-reset.tsx';
import { RunFrame } from '../../../../../../features/workflow-detail/run-frame.tsx';

interface Props {
  readonly params: Promise<{ ns: string; wid: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { ns, wid } = await params;
  return { title: `${decodeURIComponent(wid)} · ${decodeURIComponent(ns)}` };
}

export default function RunLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <RunFrame>{children}</RunFrame>
      <RunReset />
    </>
  );
}
