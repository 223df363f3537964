import type { temporal } from '@tidemark/protocol/types';
import type { WorkflowDefinition } from '../common/metadata.ts';
import { toFailure } from '../converter/failure-converter.ts';
import { defaultPayloadConverter, toPayload } from '../converter/payload.ts';
import type { QueryOutcome } from '../workflow/commands.ts';
import type { WorkflowCodeHost } from './code-host.ts';
import type { CachedRun } from './run-cache.ts';
import type { SandboxedRun } from './sandbox.ts';

type WorkflowQuery = temporal.api.query.v1.IWorkflowQuery;

const STACK_TRACE = '__stack_trace';
const METADATA = '__temporal_workflow_metadata';

/** Answers a query from the run as it stands. A query that fails fails alone. */
export function answerQuery(run: CachedRun, query: WorkflowQuery, host: WorkflowCodeHost): QueryOutcome {
  const { code } = run;
  if (code === undefined) return { failure: toFailure(defaultPayloadConverter, new Error('the workflow has not begun yet')) };
  if (query.queryType === STACK_TRACE) return answer(stackTrace(code, host));
  if (query.queryType === METADATA) return answer(metadata(code));
  return code.query(query.queryType ?? '', query.queryArgs ?? undefined);
}

const answer = (value: unknown): QueryOutcome => ({ result: toPayload(defaultPayloadConverter, value) });

/** Everything the workflow waits on, one block each. */
function stackTrace(code: SandboxedRun, host: WorkflowCodeHost): string {
  return code
    .stacks()
    .map((stack) => host.positions.text(stack))
    .filter((text) => text !== '')
    .join('\n\n');
}

/** In the shape of the protocol's WorkflowMetadata. */
function metadata(code: SandboxedRun): unknown {
  const { definition } = code;
  const builtIn = [
    { name: STACK_TRACE, description: 'The places in the code the workflow waits at.' },
    { name: METADATA, description: 'The handlers the workflow declares.' },
  ];
  const declared = (table: WorkflowDefinition['signals']) =>
    [...table.values()]
      .map(({ name, description }) => ({ name, ...(description === undefined ? {} : { description }) }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    definition: {
      type: definition.name,
      queryDefinitions: [...builtIn, ...declared(definition.queries)],
      signalDefinitions: declared(definition.signals),
      updateDefinitions: declared(definition.updates),
    },
    currentDetails: code.currentDetails(),
  };
}
