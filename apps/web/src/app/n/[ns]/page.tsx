import { redirect } from 'next/navigation';
import { paths } from '../../../data/paths.ts';

export default async function NamespacePage({ params }: { params: Promise<{ ns: string }> }) {
  redirect(paths.workflows(decodeURIComponent((await params).ns)));
}
