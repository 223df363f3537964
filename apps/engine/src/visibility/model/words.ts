/** The words of a text: what `=` on a Text attribute looks for. */
export const wordsOf = (text: string): readonly string[] => text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];

/** Beside a text its words are kept, parted by one space each, under this name. No attribute can be called so. */
export const wordsKey = (attribute: string): string => `${attribute}.words`;
