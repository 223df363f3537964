import Link from 'next/link';
import { paths } from '../../data/paths.ts';
import { Hollow } from '../../ui/hollow.tsx';
import { Shell } from './shell.tsx';

/** What an address without a page shows. */
export function MissingPage({ namespace }: { readonly namespace: string }) {
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
