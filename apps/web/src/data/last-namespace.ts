import { cookies } from 'next/headers';

/** The namespace that was looked at last; the shell keeps it. */
export async function lastNamespace(): Promise<string> {
  const last = (await cookies()).get('tidemark-namespace')?.value;
  return last ? decodeURIComponent(last) : 'default';
}
