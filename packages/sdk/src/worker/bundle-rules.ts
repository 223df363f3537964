/** What workflow code may not use, and how it is found again in the sources. */
import { builtinModules } from 'node:module';
import path from 'node:path';
import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping';
import type { Metafile, Plugin } from 'esbuild';

const builtins = new Set(builtinModules);
const SDK_SHARED = /^@tidemark\/sdk\/(workflow|common|converter|activity)$/;
const SDK_OUTSIDE = /^@tidemark\/sdk\/(client|worker|replay|testing|register)$/;
const NAMESPACE = 'tidemark-forbidden';
const TOKEN = '__tidemark_forbidden_';

const freeNames: Readonly<Record<string, string>> = {
  process: 'pass configuration as an argument of the workflow, or read it in an activity',
  fetch: 'call it from an activity',
  XMLHttpRequest: 'use it from an activity',
  WebSocket: 'use it from an activity',
  setImmediate: 'use workflow.sleep',
  __dirname: 'files are not deterministic; read them in an activity',
  __filename: 'files are not deterministic; read them in an activity',
};

interface ForbiddenImport {
  readonly specifier: string;
  readonly importer: string;
}

export class ForbiddenTracker {
  readonly imports = new Map<string, ForbiddenImport>();
  /** esbuild replaces names that are not bound in the source only, so parameters and members of the same name are left alone. */
  readonly defines: Readonly<Record<string, string>> = {
    'process.env.NODE_ENV': '"production"',
    ...Object.fromEntries(Object.keys(freeNames).map((name) => [name, `${TOKEN}${name}`])),
  };

  /** One line per offence that is still in the output: what is imported but never used does no harm. */
  async problems(output: { readonly code: string; readonly map: string }, metafile: Metafile): Promise<string[]> {
    const used = new Set(
      Object.values(metafile.outputs).flatMap(({ inputs }) =>
        Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : [])),
      ),
    );
    const offences = [...this.imports.values()].filter(({ specifier, importer }) => used.has(`${NAMESPACE}:${importer}|${specifier}`));
    const { readFile } = await import('node:fs/promises');
    const imports = await Promise.all(
      offences.map(async ({ specifier, importer }) => {
        const lines = (await readFile(importer, 'utf8')).split('\n');
        const line = lines.findIndex((text) => text.includes(`'${specifier}'`) || text.includes(`"${specifier}"`)) + 1;
        const chain = chainTo(importer, metafile);
        const via = chain.length > 1 ? `\n    imported by ${chain.slice(1).join(', imported by ')}` : '';
        return `  ${relative(importer)}:${line}: imports ${specifier}: ${adviceFor(specifier)}${via}`;
      }),
    );
    return [...imports, ...this.#names(output)];
  }

  #names(output: { readonly code: string; readonly map: string }): string[] {
    const found: string[] = [];
    const map = new TraceMap(output.map);
    for (const [index, text] of output.code.split('\n').entries()) {
      for (const match of text.matchAll(new RegExp(`(typeof )?\\b${TOKEN}(\\w+)`, 'g'))) {
        const name = match[2] ?? '';
        if (match[1] !== undefined) continue;
        const place = originalPositionFor(map, { line: index + 1, column: match.index });
        // A library may mention what it never reaches here; in the sandbox the name is simply not defined.
        if (place.source === null || place.source.includes('node_modules')) continue;
        found.push(
          `  ${relative(path.resolve('out', place.source))}:${place.line}:${place.column + 1}: uses ${name}: ${freeNames[name] ?? ''}`,
        );
      }
    }
    return found;
  }
}

const relative = (file: string): string => path.relative(process.cwd(), file);

function adviceFor(specifier: string): string {
  if (SDK_OUTSIDE.test(specifier)) return 'clients and workers live outside of workflow code; keep them in another file';
  return 'it is not deterministic; use it in an activity, in a module of its own';
}

/** From the file up to an entry, one importer each. */
function chainTo(file: string, metafile: Metafile): string[] {
  const chain: string[] = [];
  let current: string | undefined = relative(file);
  while (current !== undefined && !chain.includes(current)) {
    chain.push(current);
    const target: string = current;
    current = Object.entries(metafile.inputs).find(
      ([name, input]) => name !== 'tidemark-entry.ts' && input.imports.some((one) => one.path === target),
    )?.[0];
  }
  return chain;
}

const isForbidden = (specifier: string): boolean => specifier.startsWith('node:') || builtins.has(specifier) || SDK_OUTSIDE.test(specifier);

/** Shared modules come from the sandbox; forbidden ones become empty modules that are reported if anything of them is used. */
export function forbiddenImports(tracker: ForbiddenTracker): Plugin {
  return {
    name: 'tidemark-imports',
    setup(build) {
      build.onResolve({ filter: SDK_SHARED }, ({ path: specifier }) => ({ path: specifier, namespace: 'tidemark-shared' }));
      build.onLoad({ filter: /.*/, namespace: 'tidemark-shared' }, ({ path: specifier }) => ({
        contents: `module.exports = __tidemarkRequire(${JSON.stringify(specifier)});`,
        loader: 'js',
      }));
      build.onResolve({ filter: /.*/ }, ({ path: specifier, importer, namespace }) => {
        if (namespace !== 'file' || !isForbidden(specifier)) return undefined;
        tracker.imports.set(`${importer}|${specifier}`, { specifier, importer });
        return { path: `${importer}|${specifier}`, namespace: NAMESPACE, sideEffects: false };
      });
      build.onLoad({ filter: /.*/, namespace: NAMESPACE }, ({ path: key }) => ({
        contents: `module.exports = __tidemarkRequire(${JSON.stringify(key)});`,
        loader: 'js',
      }));
    },
  };
}
