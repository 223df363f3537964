/** How a payload is looked at while its secrets are hidden. */
import { isSecretKey, MASK, maskJson, maskSecrets } from '@tidemark/engine/api/model/secrets';
import { stringifyExact } from '../../lib/exact-json.ts';
import type { PayloadLook } from './payload-look.ts';

/** Undefined where nothing is hidden. The last word of the place is a key too: `event 1, header, authorization`. */
export function maskedLook(look: PayloadLook, place: string): PayloadLook | undefined {
  if (look.kind === 'nothing' || look.kind === 'opaque' || look.kind === 'image') return undefined;
  if (isSecretKey(place.split(', ').at(-1) ?? '')) return { kind: 'json', value: MASK, text: JSON.stringify(MASK) };
  if (look.kind === 'json') {
    const { value, isMasked } = maskSecrets(look.value);
    return isMasked ? { kind: 'json', value, text: stringifyExact(value) } : undefined;
  }
  const text = maskJson(look.text);
  return text === look.text ? undefined : { ...look, text };
}
