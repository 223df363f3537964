/** Plants violations and sees them reported: a rule that nobody sees broken may not be a rule. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { parts } from '../rooms.config.mjs';
import { check } from './rooms.mjs';

const base = mkdtempSync(join(tmpdir(), 'rooms-'));
after(() => rmSync(base, { recursive: true }));
const engine = parts.find((part) => part.name === 'engine');

function plant(files) {
  rmSync(join(base, engine.root), { recursive: true, force: true });
  for (const [path, code] of Object.entries(files)) {
    mkdirSync(dirname(join(base, engine.root, path)), { recursive: true });
    writeFileSync(join(base, engine.root, path), code);
  }
  return check(engine, base);
}

const planted = [
  [
    'a lower floor imports a higher one',
    { 'history/a.ts': "import type { B } from '../operations/b.ts';" },
    /operations stands on a higher floor than history/,
  ],
  ['two rooms of one floor', { 'matching/a.ts': "import { b } from '../history/b.ts';" }, /history stands on the same floor as matching/],
  [
    'a model imports a package',
    { 'history/model/a.ts': "import { readFile } from 'node:fs';" },
    /history\/model is pure and may not import node:fs/,
  ],
  [
    'a model imports its own room',
    { 'history/model/a.ts': "import { b } from '../b.ts';" },
    /history stands on a higher floor than history\/model/,
  ],
  [
    'an operation picks an adapter',
    { 'operations/a.ts': "import { b } from '../persistence/prisma/b.ts';" },
    /persistence\/prisma is chosen by server alone/,
  ],
  ['the api looks into the engine', { 'api/a.ts': "import { b } from '../kernel/b.ts';" }, /api imports no other room/],
  ['a folder nobody decided', { 'utils/a.ts': 'export const a = 1;' }, /its folder is no room/],
  ['a re-export is an import', { 'kernel/a.ts': "export { b } from '../server/b.ts';" }, /server stands on a higher floor than kernel/],
];
for (const [name, files, expected] of planted) {
  test(name, () => {
    const faults = plant(files);
    assert.equal(faults.length, 1, faults.join('\n'));
    assert.match(faults[0], expected);
  });
}

test('what the floors allow is no fault', () => {
  const faults = plant({
    'operations/a.ts': "import { b } from '../history/b.ts';\nimport type { C } from '../history/model/c.ts';",
    'history/b.ts': "import { c } from './model/c.ts';\nimport { k } from '../kernel/k.ts';",
    'history/model/c.ts': "import { api } from '@tidemark/protocol/api';",
  });
  assert.deepEqual(faults, []);
});
