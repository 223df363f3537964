import { redirect } from 'next/navigation';
import { lastNamespace } from '../data/last-namespace.ts';
import { paths } from '../data/paths.ts';

export default async function Home() {
  redirect(paths.workflows(await lastNamespace()));
}
