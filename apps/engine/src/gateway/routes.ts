/** Paths of the gateway, from the annotations of the protocol's own methods. */
import type { ServedService } from '@tidemark/protocol/server';
import type { MethodDescriptor } from '@tidemark/protocol/services';

/** Other prefixes of the annotations are those of a hosted service. */
const PREFIX = '/api/v1/';

export interface Route {
  readonly method: MethodDescriptor;
  readonly service: ServedService;
  readonly hasBody: boolean;
}

export interface Found extends Route {
  /** Values by the paths of their fields, as `execution.workflow_id`. */
  readonly fields: Readonly<Record<string, string>>;
}

interface Pattern extends Route {
  readonly verb: string;
  readonly expression: RegExp;
  readonly names: readonly string[];
}

export interface Routes {
  /** `path` is percent-encoded, without the query; throws URIError when it is not. Says `wrong-verb` when the path is there for another one. */
  find(verb: string, path: string): Found | 'wrong-verb' | undefined;
}

const FIELD = /\{([^}]+)\}/g;

export function createRoutes(services: readonly ServedService[]): Routes {
  const patterns = services.flatMap((service) => service.service.methods.flatMap((method) => patternsOf(service, method)));
  return {
    find(verb, path) {
      const matches = patterns.flatMap((pattern) => {
        const values = pattern.expression.exec(path);
        return values ? [{ pattern, values: values.slice(1) }] : [];
      });
      // A path that is written out wins over one whose place is taken by a field.
      const match = matches.filter(({ pattern }) => pattern.verb === verb).sort((a, b) => a.values.length - b.values.length)[0];
      if (match === undefined) return matches.length > 0 ? 'wrong-verb' : undefined;
      const { method, service, hasBody, names } = match.pattern;
      return {
        method,
        service,
        hasBody,
        fields: Object.fromEntries(names.map((name, at) => [name, decodeURIComponent(match.values[at] ?? '')])),
      };
    },
  };
}

function patternsOf(service: ServedService, method: MethodDescriptor): readonly Pattern[] {
  return method.http
    .filter(({ template }) => template.startsWith(PREFIX))
    .map(({ verb, template, hasBody }) => ({
      method,
      service,
      hasBody,
      verb,
      names: [...template.matchAll(FIELD)].map(([, name]) => name ?? ''),
      expression: new RegExp(`^${template.replaceAll(/[.*+?^$()|[\]\\]/g, String.raw`\$&`).replaceAll(FIELD, '([^/]+)')}$`),
    }));
}
