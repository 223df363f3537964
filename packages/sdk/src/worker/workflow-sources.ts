import { fileURLToPath } from 'node:url';
import { DefinitionError } from '../common/errors.ts';
import { workflowDefinition } from '../common/metadata.ts';
import type { Constructor } from '../common/types.ts';
import type { WorkflowBundle } from './bundler.ts';
import { bundleWorkflows } from './bundler.ts';

export type WorkflowSources = readonly Constructor[] | string | URL | WorkflowBundle;

/** Throws `BundleError` for code that may not run in the sandbox, `DefinitionError` for a class whose file is not known. */
export function toBundle(workflows: WorkflowSources): Promise<WorkflowBundle> {
  if (typeof workflows === 'string') return bundleWorkflows([workflows.startsWith('file:') ? fileURLToPath(workflows) : workflows]);
  if (workflows instanceof URL) return bundleWorkflows([fileURLToPath(workflows)]);
  if ('code' in workflows) return Promise.resolve(workflows);
  return bundleWorkflows([...new Set(workflows.map(fileOf))]);
}

/** The file whose code defined the class: the outermost frame of user code below the decorator. */
function fileOf(target: Constructor): string {
  const definition = workflowDefinition(target);
  if (definition === undefined) throw new DefinitionError(`${target.name} is not marked with @workflow.defn`);
  for (const line of (definition.definedAt ?? '').split('\n')) {
    const [, file] = /\(?((?:file:\/\/)?\/[^():]+):\d+:\d+\)?$/.exec(line) ?? [];
    if (file === undefined || file.startsWith('node:')) continue;
    return file.startsWith('file:') ? fileURLToPath(file) : file;
  }
  throw new DefinitionError(`the file of ${target.name} is not known; pass the path of the file that exports it`);
}
