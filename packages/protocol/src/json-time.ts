/** Times and durations as protobuf's JSON writes them: `2026-01-31T08:00:00.5Z`, `1.5s`. */
import type { Json, JsonObject } from './json-value.ts';
import { JsonError } from './json-value.ts';

const NANOS = 1_000_000_000;
const TIME = /^(\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?([Zz]|[+-]\d{2}:\d{2})$/;
const DURATION = /^(-?)(\d{1,12})(?:\.(\d{1,9}))?s$/;

/** Zero, three, six or nine digits, as many as it takes. */
function fraction(nanos: number): string {
  if (nanos === 0) return '';
  const digits = String(nanos).padStart(9, '0');
  return `.${digits.endsWith('000000') ? digits.slice(0, 3) : digits.endsWith('000') ? digits.slice(0, 6) : digits}`;
}

const nanosOf = (digits: string | undefined): number => Number((digits ?? '').padEnd(9, '0'));

export function expandTime(value: Json, path: string): JsonObject {
  const [, whole, digits, zone] = (typeof value === 'string' && TIME.exec(value)) || [];
  const ms = Date.parse(`${whole}${zone}`);
  if (Number.isNaN(ms)) throw new JsonError(`"${path}" must be a time as in "2026-01-31T08:00:00Z"`);
  return { seconds: String(ms / 1000), nanos: nanosOf(digits) };
}

export function shortenTime({ seconds, nanos }: JsonObject): string {
  const whole = new Date(Number(seconds ?? 0) * 1000).toISOString().slice(0, -'.000Z'.length);
  return `${whole}${fraction(Number(nanos ?? 0))}Z`;
}

export function expandDuration(value: Json, path: string): JsonObject {
  const [, minus, seconds, digits] = (typeof value === 'string' && DURATION.exec(value)) || [];
  if (seconds === undefined) throw new JsonError(`"${path}" must be a duration in seconds as in "1.5s"`);
  const sign = minus === '-' ? -1 : 1;
  return { seconds: String(sign * Number(seconds)), nanos: sign * nanosOf(digits) };
}

export function shortenDuration({ seconds, nanos }: JsonObject): string {
  const total = BigInt(Number(seconds ?? 0)) * BigInt(NANOS) + BigInt(Number(nanos ?? 0));
  const size = total < 0n ? -total : total;
  return `${total < 0n ? '-' : ''}${size / BigInt(NANOS)}${fraction(Number(size % BigInt(NANOS)))}s`;
}
