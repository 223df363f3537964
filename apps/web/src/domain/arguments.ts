/** Arguments as people type them: nothing, one JSON value, or several values one after the other. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

export type ParsedArguments = { readonly ok: true; readonly values: Json[] } | { readonly ok: false; readonly message: string };

export function parseArguments(text: string): ParsedArguments {
  const trimmed = text.trim();
  if (trimmed === '') return { ok: true, values: [] };
  const whole = parse(trimmed);
  if (whole.ok) return { ok: true, values: [whole.value] };
  const lines = trimmed.split('\n').filter((line) => line.trim() !== '');
  if (lines.length > 1) {
    const values = lines.map((line) => parse(line.trim()));
    if (values.every((one) => one.ok)) return { ok: true, values: values.map((one) => (one.ok ? one.value : null)) };
  }
  return { ok: false, message: explain(trimmed, whole.ok ? '' : whole.message) };
}

function parse(text: string): { ok: true; value: Json } | { ok: false; message: string } {
  try {
    return { ok: true, value: JSON.parse(text) as Json };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : '' };
  }
}

/** Engines word their errors differently; the place is what helps. */
function explain(text: string, message: string): string {
  if (/^[A-Za-z_][\w .-]*$/.test(text) && !['true', 'false', 'null'].includes(text))
    return `This is not JSON. A text needs quotes: ${JSON.stringify(text)}`;
  const position = /position (\d+)/.exec(message)?.[1];
  if (position === undefined) return 'This is not JSON: it ends too early or a sign is missing.';
  const before = text.slice(0, Number(position));
  const line = before.split('\n').length;
  const column = Number(position) - before.lastIndexOf('\n');
  return `This is not JSON at line ${line}, column ${column}.`;
}
