/** How a payload is looked at while its secrets are hidden. */
import type { IsKnown } from '@tidemark/engine/api/model/secrets';
import { isHidden, MASK, maskSecrets, secretsIn } from '@tidemark/engine/api/model/secrets';
import type { PayloadLook } from './payload-look.ts';
import { jsonLook } from './payload-look.ts';

/** What the look shows, under a key where the last word of the place is one too: `event 1, header, authorization`. */
function heldBy(look: PayloadLook, place: string): { readonly value: unknown; readonly key: string } | undefined {
  if (look.kind === 'nothing' || look.kind === 'opaque' || look.kind === 'image') return undefined;
  return { value: look.kind === 'json' ? look.value : look.text, key: place.split(', ').at(-1) ?? '' };
}

/** Whether all of it is a secret, as its place says. */
export function isAllHidden(look: PayloadLook, place: string, isKnown: IsKnown): boolean {
  const held = heldBy(look, place);
  return held !== undefined && isHidden(held.key, held.value, isKnown);
}

/** The same look where nothing is hidden. */
export function maskedLook(look: PayloadLook, place: string, isKnown: IsKnown): PayloadLook {
  const held = heldBy(look, place);
  if (held === undefined) return look;
  if (isHidden(held.key, held.value, isKnown)) return jsonLook(MASK);
  const { value, isMasked } = maskSecrets(held.value, isKnown);
  if (!isMasked) return look;
  return look.kind === 'json' ? jsonLook(value) : { kind: look.kind === 'markdown' ? 'markdown' : 'text', text: String(value) };
}

export function secretsOfLook(look: PayloadLook, place: string): ReadonlySet<string> {
  const held = heldBy(look, place);
  return held === undefined ? new Set() : secretsIn({ [held.key]: held.value });
}
