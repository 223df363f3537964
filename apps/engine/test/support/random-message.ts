/** Messages of any type of the protocol with values at random, and bytes that were such a message before they were changed. */
import type { Codec } from '@tidemark/protocol/services';
import type { SeededRandom } from './random.ts';

interface ReflectedField {
  readonly name: string;
  readonly type: string;
  readonly repeated: boolean;
  readonly map: boolean;
  readonly resolvedType: ReflectedType | null;
  resolve(): ReflectedField;
}
interface ReflectedType {
  readonly fieldsArray?: readonly ReflectedField[];
  readonly values?: Readonly<Record<string, number>>;
}

export interface RandomMessageOptions {
  readonly random: SeededRandom;
  /** Values that mean something, by the name of their field, so that calls get past the first check. */
  readonly known: Readonly<Record<string, readonly unknown[]>>;
}

const DEPTH_MAX = 4;

export function randomMessage(codec: Codec, options: RandomMessageOptions): Uint8Array {
  return codec.encode(messageOf(codec as unknown as ReflectedType, options, 0)).finish();
}

function messageOf(type: ReflectedType, options: RandomMessageOptions, depth: number): Readonly<Record<string, unknown>> {
  const { random, known } = options;
  const entries = (type.fieldsArray ?? []).flatMap((unresolved): [string, unknown][] => {
    const field = unresolved.resolve();
    const isKnown = Object.hasOwn(known, field.name);
    if (!random.chance(isKnown ? 0.9 : depth === 0 ? 0.5 : 0.3)) return [];
    const one = (): unknown => valueOf(field, options, depth);
    if (field.map) return [[field.name, { [random.pick(['', 'key', '__proto__'])]: one() }]];
    return [[field.name, field.repeated ? Array.from({ length: random.below(4) }, one) : one()]];
  });
  return Object.fromEntries(entries);
}

function valueOf(field: ReflectedField, options: RandomMessageOptions, depth: number): unknown {
  const { random, known } = options;
  const { resolvedType, type, name } = field;
  if (resolvedType?.values !== undefined) return random.pick([...Object.values(resolvedType.values), -1, 999]);
  if (resolvedType !== null) return depth >= DEPTH_MAX ? {} : messageOf(resolvedType, options, depth + 1);
  const meant = Object.hasOwn(known, name) ? known[name] : undefined;
  if (meant !== undefined) return random.pick(meant);
  switch (type) {
    case 'string':
      return random.pick(['', 'a', 'x'.repeat(1001), '../..', "' OR 1=1", '\u0000', '💧', '__proto__']);
    case 'bytes':
      return Uint8Array.from({ length: random.below(40) }, () => random.below(256));
    case 'bool':
      return random.chance(0.5);
    case 'double':
    case 'float':
      return random.pick([0, -1, 0.5, Number.NaN, Infinity, 1e308]);
    default:
      return random.pick([0, 1, -1, 5, 1000, 2 ** 31 - 1, -(2 ** 31)]);
  }
}

/** One to four changes: bits turned, bytes cut off, put in, repeated or overwritten. */
export function mutate(bytes: Uint8Array, random: SeededRandom): Uint8Array {
  let changed = Buffer.from(bytes);
  for (let left = 1 + random.below(4); left > 0; left -= 1) {
    const at = random.below(changed.length + 1);
    const noise = Buffer.from(
      Uint8Array.from({ length: 1 + random.below(8) }, () => random.pick([0, 0x7f, 0x80, 0xff, random.below(256)])),
    );
    const before = changed.subarray(0, at);
    switch (random.below(5)) {
      case 0:
        changed = Buffer.concat([before, Buffer.from([(changed[at] ?? 0) ^ (1 << random.below(8))]), changed.subarray(at + 1)]);
        break;
      case 1:
        changed = before;
        break;
      case 2:
        changed = Buffer.concat([before, noise, changed.subarray(at)]);
        break;
      case 3:
        changed = Buffer.concat([changed, changed.subarray(at)]);
        break;
      default:
        changed = Buffer.concat([before, noise, changed.subarray(at + noise.length)]);
    }
  }
  return changed;
}
