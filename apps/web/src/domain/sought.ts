/** What somebody looks for in a history, as it is typed: text, or `/expression/` between slashes. Capitals do not matter. */
export interface Sought {
  readonly text: string;
  readonly isRegex: boolean;
}

export function soughtOf(typed: string): Sought {
  const source = /^\/(.+)\/$/.exec(typed)?.[1];
  return source === undefined || expressionOf(source) === undefined ? { text: typed, isRegex: false } : { text: source, isRegex: true };
}

/** Whether a text holds it. */
export function testOf({ text, isRegex }: Sought): (within: string) => boolean {
  const expression = isRegex ? expressionOf(text) : undefined;
  if (expression !== undefined) return (within) => expression.test(within);
  const wanted = text.toLowerCase();
  return (within) => within.toLowerCase().includes(wanted);
}

/** Undefined while it is being typed and means nothing yet. */
function expressionOf(source: string): RegExp | undefined {
  try {
    return new RegExp(source, 'im');
  } catch {
    return undefined;
  }
}
