'use client';
import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { useId, useState } from 'react';
import { paths } from '../../data/paths.ts';
import { setSavedViews, useSavedViews } from '../../data/saved-views.ts';
import type { SavedView } from '../../domain/saved-views.ts';
import { addView, faultOfName, removeView, renameView, sameSearch, VIEW_NAME_MAX, viewsOf } from '../../domain/saved-views.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import { tell } from '../../ui/toasts.tsx';

type Naming = { readonly kind: 'new' } | { readonly kind: 'rename'; readonly view: SavedView };

/** Saved views, one link each. A view is an address with a name, so the link is all that has to be shared. */
export function ViewTabs({ namespace }: { namespace: string }) {
  const search = useSearchParams().toString();
  const all = useSavedViews();
  const views = viewsOf(all, namespace);
  const [naming, setNaming] = useState<Naming>();
  const here = views.find((view) => sameSearch(view.search, search));
  const copy = (view: SavedView) =>
    void navigator.clipboard
      .writeText(`${location.origin}${paths.workflows(namespace, view.search)}`)
      .then(() => tell('Link to this view copied.'));
  return (
    <nav className="bar views scrollx" aria-label="Saved views">
      <Link href={paths.workflows(namespace)} aria-current={search === '' ? 'true' : undefined} prefetch={false}>
        All
      </Link>
      {views.map((view) => (
        <Link
          key={view.name}
          href={paths.workflows(namespace, view.search)}
          aria-current={view === here ? 'true' : undefined}
          title={view.name}
          prefetch={false}
        >
          <span className="cut">{view.name}</span>
        </Link>
      ))}
      {here === undefined ? null : (
        <Menu
          trigger={
            <button className="btn quiet icon" type="button" aria-label={`View ${here.name}`}>
              <Icon name="dots" small />
            </button>
          }
        >
          <MenuItem onSelect={() => setNaming({ kind: 'rename', view: here })}>Rename…</MenuItem>
          <MenuItem onSelect={() => copy(here)}>Copy link</MenuItem>
          <MenuItem onSelect={() => setSavedViews(removeView(all, here))}>Delete view</MenuItem>
        </Menu>
      )}
      {here === undefined && search !== '' ? (
        <button
          className="btn quiet icon"
          type="button"
          aria-label="Save this view"
          title="Save this view"
          onClick={() => setNaming({ kind: 'new' })}
        >
          <Icon name="plus" small />
        </button>
      ) : null}
      {naming === undefined ? null : (
        <NameDialog
          naming={naming}
          fault={(name) => faultOfName(all, { namespace, name })}
          onClose={() => setNaming(undefined)}
          onName={(name) => {
            setSavedViews(naming.kind === 'new' ? addView(all, { namespace, name, search }) : renameView(all, naming.view, name));
            setNaming(undefined);
          }}
        />
      )}
    </nav>
  );
}

interface NameDialogProps {
  readonly naming: Naming;
  readonly fault: (name: string) => string | undefined;
  readonly onClose: () => void;
  readonly onName: (name: string) => void;
}

function NameDialog({ naming, fault, onClose, onName }: NameDialogProps) {
  const id = useId();
  const [name, setName] = useState(naming.kind === 'new' ? '' : naming.view.name);
  const [message, setMessage] = useState<string>();
  const submit = () => {
    const found = fault(name);
    if (found === undefined) onName(name);
    else setMessage(found);
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={naming.kind === 'new' ? 'Save this view' : 'Rename the view'}
      footer={
        <button className="btn primary" type="button" onClick={submit}>
          {naming.kind === 'new' ? 'Save view' : 'Rename view'}
        </button>
      }
    >
      <form
        className={`fld ${message ? 'err' : ''}`}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <label htmlFor={id}>Name</label>
        <input id={id} className="input" value={name} maxLength={VIEW_NAME_MAX} onChange={(event) => setName(event.target.value)} />
        {message ? (
          <p className="msg" role="alert">
            {message}
          </p>
        ) : null}
        <p className="hint">Filters and columns are kept in this browser. The link works for everybody.</p>
      </form>
    </Dialog>
  );
}
