import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { fillRun, FirstData } from '../../../../../../data/first-data.tsx';
import { titleOf } from '../../../../../../data/page-title.ts';
import { RunReset } from '../../../../../../features/run-reset/run-reset.tsx';
import { RunFrame } from '../../../../../../features/workflow-detail/run-frame.tsx';

interface Props {
  readonly params: Promise<{ ns: string; wid: string; rid: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { ns, wid } = await params;
  const run = [decodeURIComponent(ns), decodeURIComponent(wid)];
  return { title: { absolute: await titleOf(...run), template: await titleOf(...run, '%s') } };
}

export default async function RunLayout({ params, children }: Props & { readonly children: ReactNode }) {
  const { ns, wid, rid } = await params;
  const run = { namespace: decodeURIComponent(ns), workflowId: decodeURIComponent(wid), runId: decodeURIComponent(rid) };
  return (
    <FirstData fill={fillRun(run)}>
      <RunFrame>{children}</RunFrame>
      <RunReset />
    </FirstData>
  );
}
