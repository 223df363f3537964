import { describe, expect, it } from 'vitest';
import type { LogOptions } from './log.ts';
import { createLogger, isLogLevel } from './log.ts';

function capture(options: Pick<LogOptions, 'level' | 'format'>) {
  const lines: string[] = [];
  return { lines, logger: createLogger({ ...options, write: (line) => lines.push(line) }) };
}

describe('the log', () => {
  it('is one JSON object a line for machines', () => {
    const { lines, logger } = capture({ level: 'debug', format: 'json' });
    logger.warn('slow', { method: 'StartWorkflowExecution', ms: 12, retried: false });
    expect(lines).toHaveLength(1);
    const { time, ...rest } = JSON.parse(lines[0] ?? '') as Record<string, unknown>;
    expect(rest).toEqual({ level: 'warn', message: 'slow', method: 'StartWorkflowExecution', ms: 12, retried: false });
    expect(new Date(String(time)).toISOString()).toBe(time);
  });

  it('is a line of words for people', () => {
    const { lines, logger } = capture({ level: 'debug', format: 'text' });
    logger.info('ready', { address: '127.0.0.1:7233', runs: 3 });
    expect(lines[0]).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z INFO {2}ready address="127\.0\.0\.1:7233" runs=3$/);
  });

  it.each(['json', 'text'] as const)('keeps a message with line breaks on one line as %s', (format) => {
    const { lines, logger } = capture({ level: 'debug', format });
    logger.error('first\nsecond', { stack: 'a\nb' });
    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toContain('\n');
  });

  it('does not let a field pass for the time, the level or the message', () => {
    const { lines, logger } = capture({ level: 'debug', format: 'json' });
    logger.info('true', { level: 'error', message: 'forged', time: 'never' });
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 'info', message: 'true' });
  });

  it('leaves out fields without a value', () => {
    const { lines, logger } = capture({ level: 'debug', format: 'text' });
    logger.info('done', { cause: undefined, count: 0 });
    expect(lines[0]).toMatch(/done count=0$/);
  });

  it.each([
    ['debug', 4],
    ['info', 3],
    ['warn', 2],
    ['error', 1],
    ['never', 0],
  ] as const)('says at level %s what is at least as grave', (level, expected) => {
    const { lines, logger } = capture({ level, format: 'text' });
    logger.debug('a');
    logger.info('b');
    logger.warn('c');
    logger.error('d');
    expect(lines).toHaveLength(expected);
  });

  it('knows its levels by name', () => {
    expect(['debug', 'info', 'warn', 'error', 'never'].every(isLogLevel)).toBe(true);
    expect(['', 'INFO', 'toString', 'constructor'].some(isLogLevel)).toBe(false);
  });
});
