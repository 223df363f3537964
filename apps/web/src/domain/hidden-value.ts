/** What keys call a secret, where no page asks who reads it. */
import { MASK, maskAt, maskSecrets } from '@tidemark/engine/api/model/secrets';

/** Whether something in it was hidden before it came. */
export const hasHidden = (value: unknown): boolean => JSON.stringify(value)?.includes(MASK) ?? false;

/** What stands at a path, hidden where a key on the way there says so. */
export const hiddenAt = (path: string, value: unknown): unknown => maskAt(path, value);

/** Whether keys in it call something a secret. */
export const hasSecrets = (value: unknown): boolean => maskSecrets(value).isMasked;
