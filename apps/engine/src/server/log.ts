/** One line per fact, for machines or for people. Two formats in thirty lines need no library. */
import type { LogFields, Logger } from '../kernel/ports.ts';

const levels = { debug: 10, info: 20, warn: 30, error: 40 } as const;
export type LogLevel = keyof typeof levels | 'never';
export type LogFormat = 'json' | 'text';

export const isLogLevel = (text: string): text is LogLevel => Object.hasOwn(levels, text) || text === 'never';

export interface LogOptions {
  readonly level: LogLevel;
  readonly format: LogFormat;
  readonly write: (line: string) => void;
}

export function createLogger({ level, format, write }: LogOptions): Logger {
  const least = level === 'never' ? Infinity : levels[level];
  const at =
    (name: keyof typeof levels) =>
    (message: string, fields: LogFields = {}): void => {
      if (levels[name] < least) return;
      const time = new Date().toISOString();
      write(format === 'json' ? JSON.stringify({ ...fields, time, level: name, message }) : textLine({ time, name, message, fields }));
    };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

function textLine({ time, name, message, fields }: { time: string; name: string; message: string; fields: LogFields }): string {
  const rest = Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}=${JSON.stringify(value)}`);
  // A line break in a message could pass for a line of the engine.
  return [time, name.toUpperCase().padEnd(5), message.replaceAll(/[\r\n]+/g, ' | '), ...rest].join(' ');
}
