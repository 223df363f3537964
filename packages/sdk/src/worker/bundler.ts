/** Workflow code as one script: bundled by esbuild, activities replaced by stubs, what is not deterministic refused with its place. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BuildOptions, Metafile } from 'esbuild';
import { forbiddenImports, ForbiddenTracker } from './bundle-rules.ts';
import { activityStubs } from './activity-stubs.ts';

export interface WorkflowBundle {
  /** The user's modules; evaluates to a function. */
  readonly code: string;
  /** The source map of `code`, as JSON. */
  readonly map: string;
  /** The SDK's modules for the sandbox. */
  readonly shared: string;
  readonly sharedMap: string;
  /** Identifies the code; reports name it. */
  readonly hash: string;
  /** Files that were replaced by activity stubs. */
  readonly activityFiles: readonly string[];
}

export class BundleError extends Error {
  override readonly name = 'BundleError';
}

/** Part of the compatibility contract: another target would change the number of microtask ticks. */
const TARGET = 'es2022';

const realmEntry = (): string => {
  const source = fileURLToPath(new URL('./realm-entry.ts', import.meta.url));
  return existsSync(source) ? source : fileURLToPath(new URL('../realm/realm-entry.js', import.meta.url));
};

const common: BuildOptions = {
  bundle: true,
  write: false,
  target: TARGET,
  keepNames: true,
  legalComments: 'none',
  platform: 'neutral',
  logLevel: 'silent',
};

let sharedBundle: Promise<{ readonly code: string; readonly map: string }> | undefined;

/** The SDK for the sandbox is the same for every worker of the process. */
function bundleShared(): Promise<{ readonly code: string; readonly map: string }> {
  sharedBundle ??= (async () => {
    const { build } = await import('esbuild');
    const result = await build({
      ...common,
      entryPoints: [realmEntry()],
      format: 'iife',
      sourcemap: 'external',
      outdir: 'out',
      conditions: ['@tidemark/source'],
    });
    return outputs(result.outputFiles ?? []);
  })();
  return sharedBundle;
}

function outputs(files: readonly { readonly path: string; readonly text: string }[]): { code: string; map: string } {
  const code = files.find((file) => file.path.endsWith('.js'));
  const map = files.find((file) => file.path.endsWith('.js.map'));
  if (code === undefined || map === undefined) throw new BundleError('the bundler wrote no output');
  return { code: code.text, map: map.text };
}

/** Bundles the workflows of the given files. Throws `BundleError` that names file, line and import chain of what may not be there. */
export async function bundleWorkflows(files: readonly string[]): Promise<WorkflowBundle> {
  const { build } = await import('esbuild');
  const entries = files.map((file) => path.resolve(file));
  const contents = entries.map((file, index) => `export * as m${index} from ${JSON.stringify(file)};`).join('\n');
  const tracker = new ForbiddenTracker();
  const stubbed = new Set<string>();
  let result: { readonly outputFiles: readonly { readonly path: string; readonly text: string }[]; readonly metafile: Metafile };
  try {
    const built = await build({
      ...common,
      stdin: { contents, resolveDir: process.cwd(), sourcefile: 'tidemark-entry.ts' },
      format: 'iife',
      globalName: '__tidemarkBundle',
      banner: { js: '(function(__tidemarkRequire) { "use strict";' },
      footer: { js: 'return __tidemarkBundle;\n})' },
      sourcemap: 'external',
      sourcesContent: true,
      metafile: true,
      outdir: 'out',
      mainFields: ['module', 'main'],
      conditions: ['import'],
      define: tracker.defines,
      plugins: [forbiddenImports(tracker), activityStubs(stubbed, entries)],
    });
    result = { outputFiles: built.outputFiles ?? [], metafile: built.metafile };
  } catch (error) {
    throw new BundleError(describe(error));
  }
  const output = outputs(result.outputFiles);
  const problems = await tracker.problems(output, result.metafile);
  if (problems.length > 0) throw new BundleError(`workflow code may not use this:\n${problems.join('\n')}`);
  const shared = await bundleShared();
  return {
    ...output,
    shared: shared.code,
    sharedMap: shared.map,
    hash: createHash('sha256').update(output.code).update(shared.code).digest('hex').slice(0, 16),
    activityFiles: [...stubbed],
  };
}

function describe(error: unknown): string {
  const errors = (error as { errors?: readonly { text: string; location: { file: string; line: number; column: number } | null }[] })
    .errors;
  if (errors === undefined) return error instanceof Error ? error.message : String(error);
  return errors
    .map(({ text, location }) => (location === null ? text : `${location.file}:${location.line}:${location.column + 1}: ${text}`))
    .join('\n');
}

/** A bundle that was written by `bundleWorkflows` and stored as JSON. */
export async function readBundle(file: string): Promise<WorkflowBundle> {
  // Written by this module; a bundle of another version fails when it is evaluated.
  return JSON.parse(await readFile(file, 'utf8')) as WorkflowBundle;
}
