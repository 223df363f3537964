import type { Group } from './event-groups.ts';

/** Whether a group has the text in its name, id, label, worker or failure, in capitals or not. Thousands say the same few words: each is looked into once. */
export function groupFinder(find: string): (group: Group) => boolean {
  if (find === '') return () => true;
  const wanted = find.toLowerCase();
  const has = (text: string | undefined): boolean => text !== undefined && text.toLowerCase().includes(wanted);
  const known = new Map<string | undefined, boolean>([[undefined, false]]);
  const hasWord = (word: string | undefined): boolean => {
    const before = known.get(word);
    if (before !== undefined) return before;
    const found = has(word);
    known.set(word, found);
    return found;
  };
  return ({ name, key, label, worker, failure }) =>
    hasWord(name) || hasWord(worker) || hasWord(label) || hasWord(failure?.message) || has(key);
}
