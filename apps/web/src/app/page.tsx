import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { paths } from '../data/paths.ts';

export default async function Home() {
  const last = (await cookies()).get('tidemark-namespace')?.value;
  redirect(paths.workflows(last ? decodeURIComponent(last) : 'default'));
}
