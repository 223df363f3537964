/** Half of a character that takes two units would be another text in the HTML than in the browser. */
const wholeEnd = (text: string, at: number): number => (/[\uD800-\uDBFF]/.test(text.charAt(at - 1)) ? at - 1 : at);

/** Cuts the middle, where ids differ least. */
export function middleCut(text: string, charsMax: number): string {
  if (text.length <= charsMax) return text;
  const tail = Math.floor((charsMax - 1) / 3);
  return `${text.slice(0, wholeEnd(text, charsMax - 1 - tail))}…${text.slice(wholeEnd(text, text.length - tail))}`;
}

/** In two, so that the beginning can be cut short and the end stays: ids that begin alike end apart. Texts that are short stay whole. */
export function withTail(text: string, charsMin: number, tailChars: number): readonly [head: string, tail: string] {
  if (text.length <= charsMin) return [text, ''];
  const at = wholeEnd(text, text.length - tailChars);
  return [text.slice(0, at), text.slice(at)];
}

/** The first sentence or line of a message, for one-line places. */
export function firstLine(text: string, charsMax = 140): string {
  const line = text.split('\n', 1)[0] ?? '';
  return line.length > charsMax ? `${line.slice(0, wholeEnd(line, charsMax - 1))}…` : line;
}

export const cx = (...parts: readonly (string | false | null | undefined)[]): string => parts.filter(Boolean).join(' ');
