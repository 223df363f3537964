import Link from 'next/link';
import { Hollow } from '../ui/hollow.tsx';

export default function NotFound() {
  return (
    <main className="main" id="main">
      <h1 className="sr">Not found</h1>
      <Hollow
        icon="search"
        title="There is no page at this address."
        actions={
          <Link className="btn" href="/">
            To the workflows
          </Link>
        }
      >
        <p className="mid">Links from another console work here when they name a namespace, a workflow and a run.</p>
      </Hollow>
    </main>
  );
}
