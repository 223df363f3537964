/** Checks that each test named in docs/compatibility.md exists, under its file and with its title, so that the list cannot outlive what it lists. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './root.mjs';

/** A test is written as the file in code marks, a colon, and its title in double quotes, as the source has it. */
const REFERENCE = /`([^`]+\.ts)`: "([^"]+)"/g;
/** A row of the table of a feature: what holds, and the tests that hold it. */
const ROW = /^\| (?!behaviour \|)(?!-)(.+) \| (.+) \|$/;

/** Faults as sentences with their line. `sourceOf` gives the text of a test file, or nothing where there is none. */
export function faultsOf(document, sourceOf) {
  const faults = [];
  let inBehaviours = false;
  document.split('\n').forEach((text, at) => {
    const report = (fault) => faults.push({ line: at + 1, text: fault });
    if (text.startsWith('## ')) inBehaviours = text === '## Behaviours';
    const row = inBehaviours ? ROW.exec(text) : null;
    if (!row) return;
    const references = [...row[2].matchAll(REFERENCE)];
    if (references.length === 0 && !row[2].startsWith('absent')) report(`names no test for "${row[1]}"`);
    for (const [, file, title] of references) {
      const source = sourceOf(file);
      if (source === undefined) report(`names ${file}, which does not exist`);
      else if (!source.includes(title)) report(`names a test that ${file} does not have: "${title}"`);
    }
  });
  return faults;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const name = 'docs/compatibility.md';
  const sources = new Map();
  const sourceOf = (file) => {
    const path = join(root, file);
    if (!sources.has(file)) sources.set(file, existsSync(path) ? readFileSync(path, 'utf8') : undefined);
    return sources.get(file);
  };
  const document = readFileSync(join(root, name), 'utf8');
  const faults = faultsOf(document, sourceOf);
  for (const { line, text } of faults) console.error(`${name}:${line} ${text}`);
  console.log(`${[...document.matchAll(REFERENCE)].length} tests named, ${faults.length} faults`);
  process.exit(faults.length === 0 ? 0 : 1);
}
