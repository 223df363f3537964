/** The views of a list, wherever they are kept: on the server for the team and for who signed in, in this browser for everybody else. */
import type { SavedView } from './saved-views.ts';

export const VIEW_SCOPES = ['personal', 'team'] as const;
export type ViewScope = (typeof VIEW_SCOPES)[number];

export interface ListView {
  readonly name: string;
  readonly search: string;
  readonly isDefault: boolean;
  readonly scope: ViewScope;
  readonly keptIn: 'browser' | 'server';
}

interface KeptView {
  readonly name: string;
  readonly search: string;
  readonly isDefault: boolean;
}

export interface ServerViews {
  readonly team: readonly KeptView[];
  /** Null where nobody signs in. */
  readonly personal: readonly KeptView[] | null;
}

/** One's own first. `server` is null where it keeps none. */
export function listViews(local: readonly SavedView[], server: ServerViews | null): readonly ListView[] {
  const kept = (scope: ViewScope, views: readonly KeptView[]): readonly ListView[] =>
    views.map(({ name, search, isDefault }) => ({ name, search, isDefault, scope, keptIn: 'server' }));
  return [
    ...local.map(
      ({ name, search, isDefault }): ListView => ({ name, search, isDefault: isDefault === true, scope: 'personal', keptIn: 'browser' }),
    ),
    ...kept('personal', server?.personal ?? []),
    ...kept('team', server?.team ?? []),
  ];
}

/** Where a new view of a scope would be kept; undefined where there is no such scope. */
export function placeOfScope(scope: ViewScope, server: ServerViews | null): ListView['keptIn'] | undefined {
  if (scope === 'personal') return server === null || server.personal === null ? 'browser' : 'server';
  return server === null ? undefined : 'server';
}

/** What the list opens with: one's own choice before the team's. */
export const defaultView = (views: readonly ListView[]): ListView | undefined => views.find((view) => view.isDefault);

export const viewKey = ({ scope, keptIn, name }: Pick<ListView, 'scope' | 'keptIn' | 'name'>): string => `${scope}/${keptIn}/${name}`;
