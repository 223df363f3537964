import type { ViewOwner, ViewRecord, ViewStore } from '../ports/view-store.ts';

export function memoryViewStore(): ViewStore {
  let views: readonly ViewRecord[] = [];
  const of = ({ namespaceId, owner }: ViewOwner) =>
    views.filter((view) => view.namespaceId === namespaceId && view.owner === owner).sort((a, b) => (a.name < b.name ? -1 : 1));
  const without = (gone: ViewOwner & { readonly name: string }) =>
    views.filter((view) => view.namespaceId !== gone.namespaceId || view.owner !== gone.owner || view.name !== gone.name);
  return {
    list: (owner) => Promise.resolve(of(owner)),
    save: ({ record, was, countMax }) => {
      const names = of(record).map(({ name }) => name);
      if (was !== undefined && !names.includes(was)) return Promise.resolve('absent');
      if (was !== record.name && names.includes(record.name)) return Promise.resolve('exists');
      if (was === undefined && names.length >= countMax) return Promise.resolve('full');
      views = [
        ...without({ ...record, name: was ?? record.name }).map((view) =>
          record.isDefault && view.namespaceId === record.namespaceId && view.owner === record.owner ? { ...view, isDefault: false } : view,
        ),
        record,
      ];
      return Promise.resolve('saved');
    },
    delete: (view) => {
      views = without(view);
      return Promise.resolve();
    },
    deleteNamespace: (namespaceId) => {
      views = views.filter((view) => view.namespaceId !== namespaceId);
      return Promise.resolve();
    },
  };
}
