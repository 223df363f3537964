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

function plant(files, name = 'engine') {
  const part = parts.find((one) => one.name === name);
  rmSync(join(base, part.root), { recursive: true, force: true });
  for (const [path, code] of Object.entries(files)) {
    mkdirSync(dirname(join(base, part.root, path)), { recursive: true });
    writeFileSync(join(base, part.root, path), code);
  }
  return check(part, base);
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
  [
    'an import() is an import',
    { 'kernel/a.ts': "export const b = () => import('../server/b.ts');" },
    /kernel\/a\.ts:1: server stands on a higher floor than kernel/,
  ],
  ['a test is imported', { 'kernel/a.ts': "import { b } from '../../test/b.ts';" }, /\.\.\/\.\.\/test\/b\.ts leaves the rooms/],
  [
    'the database is used past its room',
    { 'operations/a.ts': "import { PrismaLibSql } from '@prisma/adapter-libsql';" },
    /@prisma\/adapter-libsql belongs to persistence\/prisma alone/,
  ],
  [
    'one feature imports another',
    { 'features/a/x.ts': "import { y } from '../b/y.ts';" },
    /features\/b stands on the same floor as features\/a/,
    'web',
  ],
  ['the view models import a feature', { 'domain/a.ts': "import { x } from '../features/a/x.ts';" }, /higher floor than domain/, 'web'],
  [
    'the console loads the engine',
    { 'data/a.ts': "import { appRouter } from '@tidemark/engine/api';" },
    /@tidemark\/engine\/api may be imported with "import type" alone/,
    'web',
  ],
  [
    'the console loads the engine and calls it a type',
    { 'data/a.ts': "import { type AppRouter } from '@tidemark/engine/api';" },
    /"import type" alone/,
    'web',
  ],
  [
    'a feature knows the engine',
    { 'features/a/x.ts': "import type { AppRouter } from '@tidemark/engine/api';" },
    /belongs to data alone/,
    'web',
  ],
  [
    'a component reads files',
    { 'features/a/x.ts': "import { readFile } from 'node:fs/promises';" },
    /node:fs\/promises belongs to data, app/,
    'web',
  ],
  [
    'workflow code reads files',
    { 'workflow/a.ts': "import { readFile } from 'node:fs/promises';" },
    /workflow is pure and may not import node:fs/,
    'sdk',
  ],
  [
    'workflow code knows the client',
    { 'workflow/a.ts': "import { b } from '../client/b.ts';" },
    /client stands on the same floor as workflow/,
    'sdk',
  ],
  [
    'workflow code knows the worker',
    { 'workflow/a.ts': "import type { B } from '../worker/b.ts';" },
    /worker stands on a higher floor/,
    'sdk',
  ],
  [
    'the SDK opens connections of its own',
    { 'client/a.ts': "import { Client } from '@grpc/grpc-js';" },
    /sdk may not import @grpc\/grpc-js/,
    'sdk',
  ],
];
for (const [name, files, expected, part] of planted) {
  test(name, () => {
    const faults = plant(files, part);
    assert.equal(faults.length, 1, faults.join('\n'));
    assert.match(faults[0], expected);
  });
}

test('the console may know the types of the api', () => {
  assert.deepEqual(plant({ 'data/a.ts': "import type { AppRouter } from '@tidemark/engine/api';" }, 'web'), []);
  assert.deepEqual(plant({ 'domain/a.ts': "import type { EventRow } from '@tidemark/engine/api/model/event-row';" }, 'web'), []);
});

test('what the floors allow is no fault', () => {
  const faults = plant({
    'operations/a.ts': "import { b } from '../history/b.ts';\nimport type { C } from '../history/model/c.ts';",
    'history/b.ts': "import { c } from './model/c.ts';\nimport { k } from '../kernel/k.ts';",
    'history/model/c.ts': "import { api } from '@tidemark/protocol/api';",
  });
  assert.deepEqual(faults, []);
});
