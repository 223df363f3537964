/** How the protocol's own annotations map a method to HTTP: verb, path and body. */

/** `template` has the names of fields in braces, as in `/api/v1/namespaces/{namespace}`. */
export interface HttpBinding {
  readonly verb: 'GET' | 'POST' | 'DELETE';
  readonly template: string;
  /** Whether a request's body holds the fields that the path does not; the query does otherwise. */
  readonly hasBody: boolean;
}

interface Annotation {
  readonly get?: string;
  readonly post?: string;
  readonly delete?: string;
  readonly body?: '*';
  readonly additional_bindings?: Annotation | readonly Annotation[];
}

export interface AnnotatedMethod {
  readonly parsedOptions?: readonly Readonly<Record<string, unknown>>[] | null;
}

const ANNOTATION = '(google.api.http)';

/** All bindings of a method, those for other prefixes of the path included; none for a method that HTTP cannot call. */
export function httpBindingsOf({ parsedOptions }: AnnotatedMethod): readonly HttpBinding[] {
  const first = parsedOptions?.find((option) => ANNOTATION in option)?.[ANNOTATION] as Annotation | undefined;
  if (first === undefined) return [];
  const more = first.additional_bindings ?? [];
  return [first, ...(Array.isArray(more) ? (more as readonly Annotation[]) : [more as Annotation])].map((one) => ({
    ...place(one),
    hasBody: one.body !== undefined,
  }));
}

function place({ get, post, delete: remove }: Annotation): Pick<HttpBinding, 'verb' | 'template'> {
  if (get !== undefined) return { verb: 'GET', template: get };
  if (post !== undefined) return { verb: 'POST', template: post };
  if (remove !== undefined) return { verb: 'DELETE', template: remove };
  throw new TypeError('an annotation of HTTP names no verb that is known');
}
