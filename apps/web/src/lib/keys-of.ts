/** The keys of a table under their own names: `Object.keys` knows them as texts. For tables that are written out, with no more keys than their type says. */
export function keysOf<Key extends string>(table: Readonly<Partial<Record<Key, unknown>>>): readonly Key[] {
  // What `Object.keys` gives are the keys of what it is given; see above for the rest.
  return Object.keys(table) as Key[];
}
