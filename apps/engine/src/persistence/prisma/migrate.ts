/** Brings a database to the schema of this engine: each migration once, in order, in a transaction of its own. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StoreError } from '../ports/store-error.ts';
import type { Database } from './database.ts';

export async function migrate(database: Database): Promise<void> {
  await database.transaction(async (run) => {
    await run.execute('CREATE TABLE IF NOT EXISTS "migration" ("name" TEXT NOT NULL PRIMARY KEY, "applied_at" TEXT NOT NULL)');
  });
  const applied = new Set((await database.query('SELECT "name" FROM "migration"')).map((row) => String(row['name'])));
  const directory = migrationsDirectory();
  const known = readdirSync(directory).sort();
  const unknown = [...applied].find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new StoreError(
      'newer-schema',
      `the database was written by a newer engine (migration ${unknown}); use that one, or another file`,
    );
  for (const name of known) {
    if (applied.has(name)) continue;
    const statements = statementsOf(readFileSync(join(directory, name, 'migration.sql'), 'utf8'));
    await database.transaction(async (run) => {
      for (const statement of statements) await run.execute(statement);
      await run.execute('INSERT INTO "migration" ("name", "applied_at") VALUES (?, ?)', [name, new Date().toISOString()]);
    });
  }
}

/** Our migrations hold no semicolon but those that end a statement, of a trigger too. */
function statementsOf(sql: string): readonly string[] {
  const withoutComments = sql.replaceAll(/^--.*$/gm, '');
  const statements: string[] = [];
  for (const part of withoutComments.split(';').map((text) => text.trim())) {
    const last = statements.at(-1);
    const isWithin = last !== undefined && last.startsWith('CREATE TRIGGER') && !last.endsWith('END');
    if (isWithin) statements[statements.length - 1] = `${last};\n${part}`;
    else if (part !== '') statements.push(part);
  }
  return statements;
}

/** Beside the built program, or in the source tree it runs from; nothing outside of either. */
function migrationsDirectory(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const candidates = ['./migrations', '../../../../../prisma/migrations'].map((path) => resolve(here, path));
  const found = candidates.find((path) => existsSync(path));
  if (found === undefined) throw new StoreError('cannot-open', 'the migrations of the database are missing from this installation');
  return found;
}
