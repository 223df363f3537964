/** What the engine takes from outside: time, randomness, a log, and metrics. The composition root chooses the adapters. */

/** Milliseconds since the epoch. */
export type Instant = number;
/** Milliseconds. */
export type Duration = number;

export interface Clock {
  now(): Instant;
}

export interface Random {
  /** A version 4 UUID. */
  uuid(): string;
  /** In [0, 1). */
  fraction(): number;
}

export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

/** Structured. Fields name things and never hold a payload, a header or a credential. */
export interface Logger {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}
