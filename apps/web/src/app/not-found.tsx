import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import Link from 'next/link';
import { paths } from '../data/paths.ts';
import { Shell } from '../features/shell/shell.tsx';
import { Hollow } from '../ui/hollow.tsx';

export const metadata: Metadata = { title: 'Not found' };

export default async function NotFound() {
  const last = (await cookies()).get('tidemark-namespace')?.value;
  const namespace = last ? decodeURIComponent(last) : 'default';
  return (
    <Shell namespace={namespace}>
      <div className="page">
        <main className="main" id="main">
          <h1 className="sr">Not found</h1>
          <Hollow
            icon="search"
            title="There is no page at this address."
            actions={
              <>
                <Link className="btn" href={paths.workflows(namespace)}>
                  Workflows of {namespace}
                </Link>
                <Link className="btn quiet" href={paths.namespaces}>
                  Namespaces
                </Link>
              </>
            }
          >
            <p className="mid">Links from another console work here when they name a namespace, a workflow and a run.</p>
          </Hollow>
        </main>
      </div>
    </Shell>
  );
}
