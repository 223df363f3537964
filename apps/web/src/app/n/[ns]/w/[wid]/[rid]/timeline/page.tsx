import { redirect } from 'next/navigation';
import type { Search } from '../../../../../../../data/first-data.tsx';
import { paths } from '../../../../../../../data/paths.ts';

interface Props {
  readonly params: Promise<{ ns: string; wid: string; rid: string }>;
  readonly searchParams: Promise<Search>;
}

/** The timeline is the run's own page. */
export default async function TimelineAddress({ params, searchParams }: Props) {
  const { ns, wid, rid } = await params;
  const asked = Object.entries(await searchParams).flatMap(([name, value]) => [value ?? []].flat().map((one) => [name, one]));
  const search = new URLSearchParams(asked).toString();
  const path = paths.run({ namespace: decodeURIComponent(ns), workflowId: decodeURIComponent(wid), runId: decodeURIComponent(rid) });
  redirect(search === '' ? path : `${path}?${search}`);
}
