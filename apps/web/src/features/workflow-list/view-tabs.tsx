'use client';
import Link from 'next/link';
import { useRouter, useSearchParams } from 'next/navigation';
import { memo, Suspense, useEffect, useRef, useState } from 'react';
import { useListViews } from '../../data/list-views.ts';
import { paths } from '../../data/paths.ts';
import type { ListView } from '../../domain/list-views.ts';
import { defaultView, viewKey } from '../../domain/list-views.ts';
import { ALL_VIEW, sameSearch, searchOfView } from '../../domain/saved-views.ts';
import { firstLine } from '../../lib/text.ts';
import { Icon } from '../../ui/icon.tsx';
import { late } from '../../ui/late.tsx';
import { Menu, MenuCheck, MenuItem } from '../../ui/menu.tsx';
import type { Shortcut } from '../../ui/shortcuts.ts';
import { useShortcuts } from '../../ui/shortcuts.ts';
import { tell } from '../../ui/toasts.tsx';

const ViewDialog = late('The dialog', () => import('./view-dialog.tsx').then((module) => module.ViewDialog));

type Naming = { readonly renamed: ListView | undefined };

/** Saved views, one link each. A view is an address with a name, so the link is all that has to be shared. */
export const ViewTabs = memo(function ViewTabs({ namespace }: { namespace: string }) {
  const address = useSearchParams().toString();
  const search = searchOfView(address);
  const all = useListViews(namespace);
  const { views } = all;
  const [naming, setNaming] = useState<Naming>();
  const [problem, setProblem] = useState<string>();
  const here = search === '' ? undefined : views.find((view) => sameSearch(view.search, search));
  const opening = defaultView(views);
  useOpening(namespace, { isSettled: all.isSettled, isBare: address === '', opening });
  useViewKeys(namespace, views);
  const change = (write: Promise<string | undefined>) => void write.then(setProblem);
  return (
    <nav className="bar views scrollx" aria-label="Saved views">
      <Link
        href={paths.workflows(namespace, opening === undefined ? '' : ALL_VIEW)}
        aria-current={search === '' ? 'true' : undefined}
        prefetch={false}
      >
        All
      </Link>
      {views.map((view) => (
        <Link
          key={viewKey(view)}
          href={paths.workflows(namespace, view.search)}
          aria-current={view === here ? 'true' : undefined}
          title={view.name}
          prefetch={false}
        >
          {view.scope === 'team' ? <span className="dim">Team:&nbsp;</span> : null}
          <span className="cut">{view.name}</span>
        </Link>
      ))}
      {here === undefined ? null : (
        <ViewMenu namespace={namespace} view={here} all={all} onRename={() => setNaming({ renamed: here })} onChange={change} />
      )}
      {here === undefined && search !== '' ? (
        <button
          className="btn quiet icon"
          type="button"
          aria-label="Save this view"
          title="Save this view"
          onClick={() => setNaming({ renamed: undefined })}
        >
          <Icon name="plus" small />
        </button>
      ) : null}
      {problem === undefined ? null : (
        <span className="msg" role="alert">
          {problem}
        </span>
      )}
      <Suspense>
        {naming === undefined ? null : (
          <ViewDialog views={all} search={search} renamed={naming.renamed} onClose={() => setNaming(undefined)} />
        )}
      </Suspense>
    </nav>
  );
});

interface ViewMenuProps {
  readonly namespace: string;
  readonly view: ListView;
  readonly all: ReturnType<typeof useListViews>;
  readonly onRename: () => void;
  readonly onChange: (write: Promise<string | undefined>) => void;
}

function ViewMenu({ namespace, view, all, onRename, onChange }: ViewMenuProps) {
  const needs = view.scope === 'team' ? ({ needs: 'write' } as const) : {};
  const copy = () =>
    void navigator.clipboard
      .writeText(`${location.origin}${paths.workflows(namespace, view.search)}`)
      .then(() => tell('Link to this view copied.'));
  return (
    <Menu
      trigger={
        <button className="btn quiet icon" type="button" aria-label={`View ${view.name}`}>
          <Icon name="dots" small />
        </button>
      }
    >
      <MenuItem onSelect={onRename} {...needs}>
        Rename…
      </MenuItem>
      <MenuCheck {...needs} isChecked={view.isDefault} onChange={(isDefault) => onChange(all.save({ ...view, isDefault }, view))}>
        The list opens with it
      </MenuCheck>
      <MenuItem onSelect={copy}>Copy link</MenuItem>
      <MenuItem onSelect={() => onChange(all.remove(view))} {...needs}>
        Delete view
      </MenuItem>
    </Menu>
  );
}

const KEYS_MAX = 9;

/** The first views by their number. */
function useViewKeys(namespace: string, views: readonly ListView[]): void {
  const router = useRouter();
  useShortcuts(
    views.slice(0, KEYS_MAX).map(
      ({ name, search }, index): Shortcut => ({
        keys: String(index + 1),
        shown: String(index + 1),
        label: `View ${firstLine(name, 40)}`,
        scope: 'List',
        run: () => router.push(paths.workflows(namespace, search)),
      }),
    ),
  );
}

interface Opening {
  readonly isSettled: boolean;
  /** The address asks for nothing. */
  readonly isBare: boolean;
  readonly opening: ListView | undefined;
}

/** Once, as soon as it is known: who comes without a wish gets the default view. */
function useOpening(namespace: string, { isSettled, isBare, opening }: Opening): void {
  const router = useRouter();
  const isDone = useRef(false);
  useEffect(() => {
    if (isDone.current || !isSettled) return;
    isDone.current = true;
    if (isBare && opening !== undefined && opening.search !== '') router.replace(paths.workflows(namespace, opening.search));
  }, [isSettled, isBare, opening, namespace, router]);
}
