/** Changes options of an open run, by the fields that the request's mask names. */
import type { WorkflowMethods } from '@tidemark/protocol/services';
import type { temporal } from '@tidemark/protocol/types';
import type { OptionsChange, Priority } from '../history/model/decide/options.ts';
import { decideUpdateOptions } from '../history/model/decide/options.ts';
import { faultOfPriority } from '../history/model/priority.ts';
import { toOverride } from '../history/model/versioning.ts';
import type { Engine, NamespaceCall } from './engine.ts';
import { invalid, requireTarget } from './validate.ts';
import { requireOverride } from './versioning-override.ts';

type Request = WorkflowMethods['updateWorkflowExecutionOptions']['request'];
type Response = temporal.api.workflowservice.v1.IUpdateWorkflowExecutionOptionsResponse;
type Options = temporal.api.workflow.v1.IWorkflowExecutionOptions;
type Mask = { readonly paths?: string[] | null } | null | undefined;

export async function updateWorkflowOptions(engine: Engine, request: Request, call: NamespaceCall): Promise<Response> {
  const target = requireTarget(engine, call, request.workflowExecution);
  const change = toChange(engine, request, request.identity ?? '');
  const { priority, override } = await engine.history.transact(target, (state, env) => decideUpdateOptions(state, change, env));
  return {
    workflowExecutionOptions: {
      ...(priority === undefined ? {} : { priority }),
      ...(override === undefined ? {} : { versioningOverride: toOverride(override) }),
    },
  };
}

interface Asked {
  readonly workflowExecutionOptions?: Options | null;
  readonly updateMask?: Mask;
}

export function toChange(engine: Pick<Engine, 'limits'>, { workflowExecutionOptions, updateMask }: Asked, identity: string): OptionsChange {
  const options = workflowExecutionOptions ?? {};
  const paths = (updateMask?.paths ?? []).map(inCamelCase);
  if (paths.length === 0) throw invalid('UpdateMask is not set on request.');
  const fault = faultOfPriority(options.priority);
  if (fault !== undefined) throw invalid(fault);
  const changes = paths.map((path) => changeAt(path, options));
  const priority = changes.some((one) => one !== undefined)
    ? (before: Priority) => changes.reduce((now, one) => (one === undefined ? now : one(now)), before)
    : undefined;
  if (!paths.includes(OVERRIDE)) return { priority, identity };
  const given = options.versioningOverride;
  return { priority, identity, versioning: { override: given ? requireOverride(engine, given) : undefined } };
}

const OVERRIDE = 'versioningOverride';

/** Masks come in both spellings of a field. */
const inCamelCase = (path: string): string => path.replace(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase());

function changeAt(path: string, options: Options): ((priority: Priority) => Priority) | undefined {
  const given = options.priority ?? {};
  switch (path) {
    case 'priority':
      return () => given;
    case 'priority.priorityKey':
      return (priority) => ({ ...priority, priorityKey: given.priorityKey ?? 0 });
    case 'priority.fairnessKey':
      return (priority) => ({ ...priority, fairnessKey: given.fairnessKey ?? '' });
    case 'priority.fairnessWeight':
      return (priority) => ({ ...priority, fairnessWeight: given.fairnessWeight ?? 0 });
    case OVERRIDE:
      return undefined;
    default:
      throw invalid(`UpdateMask names a field that cannot be changed: ${path}`);
  }
}
