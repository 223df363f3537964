/** The fields of a request that its path and query give, as the JSON that the body would have said. */
import type { Json } from '@tidemark/protocol/json-value';
import { jsonName } from '@tidemark/protocol/json';
import type { Codec } from '@tidemark/protocol/services';

interface ReflectedField {
  readonly type: string;
  readonly repeated: boolean;
  readonly resolvedType: { readonly fields?: ReflectedFields } | null;
  resolve(): ReflectedField;
}
type ReflectedFields = Readonly<Record<string, ReflectedField | undefined>>;

interface Draft {
  [key: string]: Json | Draft;
}

/** Writes `values` at the dotted path of a field; says whether the message has such a field. */
function write(
  draft: Draft,
  type: ReflectedFields,
  { path, values }: { readonly path: string; readonly values: readonly string[] },
): boolean {
  const [first = '', ...rest] = path.split('.');
  const key = jsonName(first);
  const field = Object.hasOwn(type, key) ? type[key]?.resolve() : undefined;
  if (field === undefined) return false;
  const nested = field.resolvedType?.fields;
  if (rest.length > 0) {
    if (nested === undefined || field.repeated) return false;
    const inner = typeof draft[key] === 'object' ? (draft[key] as Draft) : {};
    draft[key] = inner;
    return write(inner, nested, { path: rest.join('.'), values });
  }
  const read = (value: string): Json => (field.type === 'bool' ? readBoolean(value) : value);
  draft[key] = field.repeated ? values.map(read) : read(values.at(-1) ?? '');
  return true;
}

const readBoolean = (value: string): Json => (value === 'true' || value === '' ? true : value === 'false' ? false : value);

/** `body` with what path and query add; the path wins. What is no field of the request is passed over in a query, as the protocol's own gateway does. */
export function requestOf(
  codec: Codec,
  { path, query, body }: { readonly path: Readonly<Record<string, string>>; readonly query: URLSearchParams; readonly body: Json },
): Json {
  const type = codec as unknown as { readonly fields: ReflectedFields };
  const draft: Draft = typeof body === 'object' && body !== null && !Array.isArray(body) ? structuredClone(body as Draft) : {};
  for (const name of new Set(query.keys())) write(draft, type.fields, { path: name, values: query.getAll(name) });
  for (const [name, value] of Object.entries(path)) write(draft, type.fields, { path: name, values: [value] });
  return draft;
}
