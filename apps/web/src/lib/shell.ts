/** Safe in a shell as it stands; anything else is quoted. */
const PLAIN = /^[\w./:@%+=,-]+$/;

export const shellQuote = (value: string): string => (PLAIN.test(value) ? value : `'${value.replaceAll("'", String.raw`'\''`)}'`);
