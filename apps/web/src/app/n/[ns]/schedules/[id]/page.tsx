import type { Metadata } from 'next';
import { SchedulePage } from '../../../../../features/schedules/schedule-page.tsx';

interface Props {
  readonly params: Promise<{ ns: string; id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Schedule ${decodeURIComponent((await params).id)}` };
}

export default async function OneSchedulePage({ params }: Props) {
  const { ns, id } = await params;
  return <SchedulePage namespace={decodeURIComponent(ns)} id={decodeURIComponent(id)} />;
}
