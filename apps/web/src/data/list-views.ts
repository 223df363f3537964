'use client';
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ListView, ServerViews } from '../domain/list-views.ts';
import { listViews } from '../domain/list-views.ts';
import { addView, changeView, faultOfName, removeView, viewsOf } from '../domain/saved-views.ts';
import { api, toProblem } from './api-client.ts';
import { setSavedViews, useSavedViews } from './saved-views.ts';

const views = (namespace: string) =>
  queryOptions({
    queryKey: ['views', namespace],
    queryFn: ({ signal }) => api.view.list.query({ namespace }, { signal }),
    staleTime: 60_000,
    retry: false,
  });

export interface ListViews {
  readonly views: readonly ListView[];
  /** Null where the server keeps none. */
  readonly server: ServerViews | null;
  /** False until the server has said what it keeps, or has not answered. */
  readonly isSettled: boolean;
  /** Keeps a new view, or with `was` puts it in that one's place. Answers with what is wrong, in words for people. */
  save(view: ListView, was?: ListView): Promise<string | undefined>;
  remove(view: ListView): Promise<string | undefined>;
}

/** The views of a namespace's list. */
export function useListViews(namespace: string): ListViews {
  const client = useQueryClient();
  const all = useSavedViews();
  const asked = useQuery(views(namespace));
  const server = asked.data ?? null;
  const sent = async (write: Promise<unknown>): Promise<string | undefined> => {
    const problem = await write.then(
      () => undefined,
      (error: unknown) => toProblem(error).message,
    );
    await client.invalidateQueries({ queryKey: views(namespace).queryKey });
    return problem;
  };
  const keepHere = ({ name, search, isDefault }: ListView, was: ListView | undefined): string | undefined => {
    const view = { namespace, name: name.trim(), search, isDefault };
    const fault = was?.name === view.name ? undefined : faultOfName(all, view, was === undefined);
    if (fault === undefined) setSavedViews(was === undefined ? addView(all, view) : changeView(all, { namespace, name: was.name }, view));
    return fault;
  };
  return {
    views: listViews(viewsOf(all, namespace), server),
    server,
    isSettled: !asked.isPending,
    save: async (view, was) => {
      if (view.keptIn === 'browser') return keepHere(view, was);
      const { scope, name, search, isDefault } = view;
      return await sent(
        api.view.save.mutate({ namespace, scope, name, search, isDefault, ...(was === undefined ? {} : { was: was.name }) }),
      );
    },
    remove: async ({ keptIn, scope, name }) => {
      if (keptIn === 'server') return await sent(api.view.remove.mutate({ namespace, scope, name }));
      setSavedViews(removeView(all, { namespace, name }));
      return undefined;
    },
  };
}
