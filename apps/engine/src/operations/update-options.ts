/** Changes options of an open run, by the fields that the request's mask names. */
import type { WorkflowMethods } from '@tidemark/protocol/services';
import type { temporal } from '@tidemark/protocol/types';
import type { OptionsChange, Priority } from '../history/model/decide/options.ts';
import { decideUpdateOptions } from '../history/model/decide/options.ts';
import { faultOfPriority } from '../history/model/priority.ts';
import { EngineError } from '../kernel/engine-error.ts';
import type { Engine, NamespaceCall } from './engine.ts';
import { invalid, requireTarget } from './validate.ts';

type Request = WorkflowMethods['updateWorkflowExecutionOptions']['request'];
type Response = temporal.api.workflowservice.v1.IUpdateWorkflowExecutionOptionsResponse;
type Options = temporal.api.workflow.v1.IWorkflowExecutionOptions;
type Mask = { readonly paths?: string[] | null } | null | undefined;

export async function updateWorkflowOptions(engine: Engine, request: Request, call: NamespaceCall): Promise<Response> {
  const target = requireTarget(engine, call, request.workflowExecution);
  const change = toChange(request.workflowExecutionOptions ?? {}, request.updateMask, request.identity ?? '');
  const priority = await engine.history.transact(target, (state, env) => decideUpdateOptions(state, change, env));
  return { workflowExecutionOptions: priority === undefined ? {} : { priority } };
}

export function toChange(options: Options, mask: Mask, identity: string): OptionsChange {
  const paths = mask?.paths ?? [];
  if (paths.length === 0) throw invalid('UpdateMask is not set on request.');
  const fault = faultOfPriority(options.priority);
  if (fault !== undefined) throw invalid(fault);
  const changes = paths.map((path) => changeAt(path, options));
  const priority = changes.some((one) => one !== undefined)
    ? (before: Priority) => changes.reduce((now, one) => (one === undefined ? now : one(now)), before)
    : undefined;
  return { priority, identity };
}

/** Masks come in both spellings of a field. */
function changeAt(path: string, options: Options): ((priority: Priority) => Priority) | undefined {
  const given = options.priority ?? {};
  switch (path.replace(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase())) {
    case 'priority':
      return () => given;
    case 'priority.priorityKey':
      return (priority) => ({ ...priority, priorityKey: given.priorityKey ?? 0 });
    case 'priority.fairnessKey':
      return (priority) => ({ ...priority, fairnessKey: given.fairnessKey ?? '' });
    case 'priority.fairnessWeight':
      return (priority) => ({ ...priority, fairnessWeight: given.fairnessWeight ?? 0 });
    case 'versioningOverride':
      if (options.versioningOverride) throw new EngineError('unimplemented', 'versioning overrides are not implemented by this server');
      return undefined;
    default:
      throw invalid(`UpdateMask names a field that cannot be changed: ${path}`);
  }
}
