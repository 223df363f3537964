/** Named addresses of the list, as this browser keeps them. */
export interface SavedView {
  readonly namespace: string;
  readonly name: string;
  /** The address after the question mark. Filters and columns; nothing else is in it. */
  readonly search: string;
  /** The list opens with it; at most one of a namespace. */
  readonly isDefault?: boolean;
}

/** The address that asks for everything where the list would open with a view. */
export const ALL_VIEW = 'view=all';

/** Filters and columns of an address, which is what a view keeps. */
export function searchOfView(address: string): string {
  const params = new URLSearchParams(address);
  params.delete('view');
  return params.toString();
}

export const VIEW_NAME_MAX = 60;
const VIEWS_MAX = 100;

/** Two addresses are one view when they say the same, in whichever order. */
export function sameSearch(a: string, b: string): boolean {
  const sorted = (search: string) =>
    [...new URLSearchParams(search)]
      .map((pair) => pair.join('='))
      .toSorted()
      .join('&');
  return sorted(a) === sorted(b);
}

export const viewsOf = (views: readonly SavedView[], namespace: string): readonly SavedView[] =>
  views.filter((view) => view.namespace === namespace);

const isSame = (a: SavedView, b: Pick<SavedView, 'namespace' | 'name'>): boolean => a.namespace === b.namespace && a.name === b.name;

/** What is wrong with a name, in words for its field; nothing when it may be used. */
export function faultOfName(
  views: readonly SavedView[],
  { namespace, name }: Pick<SavedView, 'namespace' | 'name'>,
  isNew: boolean,
): string | undefined {
  if (name.trim() === '') return 'A view needs a name.';
  if (views.some((view) => isSame(view, { namespace, name: name.trim() }))) return 'There is a view of that name already.';
  return isNew && views.length >= VIEWS_MAX ? `There are ${VIEWS_MAX} views already; delete one first.` : undefined;
}

/** Of the namespace's other views none is the default any more when this one is. */
const without = (views: readonly SavedView[], gone: Pick<SavedView, 'namespace' | 'name'>, isDefault: boolean): readonly SavedView[] =>
  views
    .filter((one) => !isSame(one, gone))
    .map((one) => (isDefault && one.namespace === gone.namespace ? { ...one, isDefault: false } : one));

export const addView = (views: readonly SavedView[], view: SavedView): readonly SavedView[] => [
  ...without(views, view, view.isDefault === true),
  { ...view, name: view.name.trim() },
];
export const removeView = (views: readonly SavedView[], view: Pick<SavedView, 'namespace' | 'name'>): readonly SavedView[] =>
  without(views, view, false);
/** In its old place. */
export function changeView(views: readonly SavedView[], was: Pick<SavedView, 'namespace' | 'name'>, view: SavedView): readonly SavedView[] {
  const at = views.findIndex((one) => isSame(one, was));
  const rest = without(views, was, view.isDefault === true);
  return at < 0 ? rest : [...rest.slice(0, at), view, ...rest.slice(at)];
}

/** From storage, where something older or something else may stand. */
export function readViews(stored: unknown): readonly SavedView[] {
  return Array.isArray(stored) ? stored.filter(isView) : [];
}

function isView(one: unknown): one is SavedView {
  const view = one as Partial<Record<keyof SavedView, unknown>> | null;
  return typeof view === 'object' && view !== null && [view.namespace, view.name, view.search].every((part) => typeof part === 'string');
}
