/** One SQLite file through Prisma's driver adapter: one connection, one statement at a time, and a commit is on the disk when it returns. */
import { pathToFileURL } from 'node:url';
import { PrismaLibSql } from '@prisma/adapter-libsql';
import type { ArgType, SqlDriverAdapter } from '@prisma/driver-adapter-utils';
import { StoreError } from '../ports/store-error.ts';

export type Value = string | number | Uint8Array | null;
export type Row = Readonly<Record<string, unknown>>;

export interface Statements {
  query(sql: string, values?: readonly Value[]): Promise<readonly Row[]>;
  /** Returns how many rows were written. */
  execute(sql: string, values?: readonly Value[]): Promise<number>;
}

/** SQLite binds at most this many values to one statement. */
export const VALUES_MAX = 30_000;

/** "TIDE": what our files say of themselves in their header. */
const APPLICATION_ID = 0x54494445;

async function connect(file: string): Promise<SqlDriverAdapter> {
  try {
    // As a URL: a name may hold spaces, percent signs and question marks.
    return await new PrismaLibSql({ url: pathToFileURL(file).href }).connect();
  } catch (error) {
    throw storeErrorOf(error, file);
  }
}

export class Database {
  private tail: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly adapter: SqlDriverAdapter,
    private readonly file: string,
  ) {}

  /** Throws a StoreError when the file is not ours, is damaged, or is in use. A file that is refused is left as it was. */
  static async open(file: string): Promise<Database> {
    const database = new Database(await connect(file), file);
    try {
      // The lock is taken with the first access and kept: a second engine on this file is refused.
      await database.query('PRAGMA locking_mode = EXCLUSIVE');
      await database.assertOurs();
      await database.query('PRAGMA journal_mode = WAL');
      await database.query('PRAGMA synchronous = FULL');
      return database;
    } catch (error) {
      await database.close();
      throw error;
    }
  }

  /** A file is ours when it says so or holds nothing yet. */
  private async assertOurs(): Promise<void> {
    const [{ application_id: id } = {}] = await this.query('PRAGMA application_id');
    if (Number(id) === APPLICATION_ID) return;
    const tables = (await this.query(`SELECT "name" FROM sqlite_schema WHERE "type" = 'table'`)).map((row) => String(row['name']));
    if (tables.length === 0 || (tables.includes('migration') && tables.includes('transition'))) return;
    throw new StoreError('foreign', `${this.file} is a database of another program; choose another file`);
  }

  /** Throws unless a commit really reaches the disk. Writes before it asks, because some drivers lower it with the first write. */
  async assertDurable(): Promise<string> {
    await this.query(`PRAGMA application_id = ${APPLICATION_ID}`);
    const [synchronous] = await this.query('PRAGMA synchronous');
    const [journal] = await this.query('PRAGMA journal_mode');
    const [version] = await this.query('SELECT sqlite_version() AS version');
    if (synchronous?.['synchronous'] !== 2 || journal?.['journal_mode'] !== 'wal') {
      throw new StoreError(
        'not-durable',
        `${this.file}: commits would not survive a power cut (journal ${String(journal?.['journal_mode'])}, synchronous ${String(synchronous?.['synchronous'])})`,
      );
    }
    return `SQLite ${String(version?.['version'])} WAL synchronous=FULL at ${this.file}`;
  }

  query(sql: string, values: readonly Value[] = []): Promise<readonly Row[]> {
    return this.alone(() => this.statements.query(sql, values));
  }

  /** All or nothing, and nobody reads in between. */
  transaction<Result>(work: (statements: Statements) => Promise<Result>): Promise<Result> {
    return this.alone(async () => {
      await this.statements.execute('BEGIN IMMEDIATE');
      try {
        const result = await work(this.statements);
        await this.statements.execute('COMMIT');
        return result;
      } catch (error) {
        await this.statements.execute('ROLLBACK').catch(() => undefined);
        throw error;
      }
    });
  }

  /** A script of statements, for migrations. */
  script(sql: string): Promise<void> {
    return this.alone(() => this.adapter.executeScript(sql));
  }

  async close(): Promise<void> {
    // The driver drops its handle, and the lock with it, only when it is collected; so the lock is given back before.
    await this.script('PRAGMA journal_mode = DELETE; PRAGMA locking_mode = NORMAL; SELECT 1 FROM sqlite_schema').catch(() => undefined);
    await this.alone(() => this.adapter.dispose());
  }

  private readonly statements: Statements = {
    query: async (sql, values = []) => {
      const { columnNames, rows } = await this.adapter.queryRaw({ sql, args: values.map(toArgument), argTypes: values.map(typeOf) });
      return rows.map((row) => Object.fromEntries(row.map((value, at) => [columnNames[at] ?? '', value])));
    },
    execute: (sql, values = []) => this.adapter.executeRaw({ sql, args: values.map(toArgument), argTypes: values.map(typeOf) }),
  };

  /** The connection is one, so whoever uses it waits for the one before. */
  private alone<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.tail.then(work, work);
    this.tail = result.catch(() => undefined);
    return result.catch((error: unknown) => {
      throw storeErrorOf(error, this.file);
    });
  }
}

/** The driver ends a text where it holds a zero, so that one is stored as its bytes; `text` reads both. */
const asBytes = (value: Value): value is string => typeof value === 'string' && value.includes('\0');
const toArgument = (value: Value): Value => (asBytes(value) ? new TextEncoder().encode(value) : value);

function typeOf(value: Value): ArgType {
  if (value instanceof Uint8Array || asBytes(value)) return { scalarType: 'bytes', arity: 'scalar' };
  if (typeof value === 'number') return { scalarType: Number.isInteger(value) ? 'bigint' : 'float', arity: 'scalar' };
  return { scalarType: 'string', arity: 'scalar' };
}

function storeErrorOf(error: unknown, file: string): unknown {
  if (error instanceof StoreError) return error;
  const text = String(
    (error as { readonly cause?: { readonly originalMessage?: string } }).cause?.originalMessage ??
      (error instanceof Error ? error.message : error),
  );
  if (/database is locked|SQLITE_BUSY/i.test(text)) return new StoreError('in-use', `${file} is in use by another engine`);
  if (/not a database|malformed|SQLITE_CORRUPT|SQLITE_NOTADB/i.test(text))
    return new StoreError('corrupt', `${file} is not a usable SQLite database: ${text}`);
  if (/unable to open|SQLITE_CANTOPEN/i.test(text)) return new StoreError('cannot-open', `${file} cannot be opened: ${text}`);
  return error;
}

/** `(?, ?, ?), (?, ?, ?)`. */
export function tuples(rows: number, columns: number): string {
  const tuple = `(${Array(columns).fill('?').join(', ')})`;
  return Array(rows).fill(tuple).join(', ');
}

/** Splits rows so that no statement binds more values than it may. */
export function* chunks<Item>(items: readonly Item[], columns: number): Iterable<readonly Item[]> {
  const size = Math.max(1, Math.floor(VALUES_MAX / columns));
  for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size);
}
