export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error';
export type LogAttributes = Readonly<Record<string, unknown>>;

export interface Logger {
  trace(message: string, attributes?: LogAttributes): void;
  debug(message: string, attributes?: LogAttributes): void;
  info(message: string, attributes?: LogAttributes): void;
  warn(message: string, attributes?: LogAttributes): void;
  error(message: string, attributes?: LogAttributes): void;
}

export function loggerFrom(write: (level: LogLevel, message: string, attributes: LogAttributes) => void): Logger {
  const at =
    (level: LogLevel) =>
    (message: string, attributes: LogAttributes = {}) =>
      write(level, message, attributes);
  return { trace: at('trace'), debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

const order: readonly LogLevel[] = ['trace', 'debug', 'info', 'warn', 'error'];

/** One line per record on standard error: time, level, text, attributes as JSON. */
export function consoleLogger(least: LogLevel = 'info'): Logger {
  return loggerFrom((level, message, attributes) => {
    if (order.indexOf(level) < order.indexOf(least)) return;
    const rest =
      Object.keys(attributes).length === 0
        ? ''
        : ` ${JSON.stringify(attributes, (_key, value: unknown) => (value instanceof Error ? value.message : value))}`;
    console.error(`${new Date().toISOString()} ${level.toUpperCase().padEnd(5)} ${message}${rest}`);
  });
}
