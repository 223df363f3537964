/** The checks that many requests share. Each names the field and its limit, in the words clients know. */
import { api } from '@tidemark/protocol/api';
import { fromDuration } from '@tidemark/protocol/time';
import type { google, temporal } from '@tidemark/protocol/types';
import { EngineError } from '../kernel/engine-error.ts';
import { runId, workflowId } from '../kernel/ids.ts';
import type { Duration } from '../kernel/ports.ts';
import type { Target } from '../history/history.ts';
import { faultOfTaskQueueName } from '../history/model/task-queue-name.ts';
import type { Engine, NamespaceCall } from './engine.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const encoder = new TextEncoder();

export const invalid = (message: string): EngineError => new EngineError('invalid-argument', message);

/** Not empty and not over the limit of ids. */
export function requireId({ limits }: Engine, name: string, value: string | null | undefined): string {
  if (!value) throw invalid(`${name} is not set on request.`);
  return boundedId({ limits }, name, value);
}

/** May be empty. */
export function boundedId({ limits }: Pick<Engine, 'limits'>, name: string, value: string | null | undefined): string {
  const text = value ?? '';
  // Most ids are short: only what could exceed the limit is measured.
  if (text.length * 3 > limits.idBytesMax && encoder.encode(text).byteLength > limits.idBytesMax) {
    throw invalid(`${name} length exceeds limit.`);
  }
  return text;
}

export function requireTaskQueue(engine: Engine, taskQueue: temporal.api.taskqueue.v1.ITaskQueue | null | undefined): string {
  if (!taskQueue) throw invalid('taskQueue is not set');
  const name = taskQueue.name ?? '';
  if (name === '') throw invalid('missing task queue name');
  const fault = faultOfTaskQueueName(name, engine.limits.idBytesMax);
  if (fault !== undefined) throw invalid(fault);
  return name;
}

/** A run by the ids of a request; without a run id, the current run. */
export function requireTarget(
  engine: Engine,
  { namespace }: NamespaceCall,
  execution: temporal.api.common.v1.IWorkflowExecution | null | undefined,
): Target {
  if (!execution) throw invalid('Execution is not set on request.');
  const workflow = { namespaceId: namespace.id, workflowId: workflowId(requireId(engine, 'WorkflowId', execution.workflowId)) };
  if (!execution.runId) return { workflow };
  if (!UUID.test(execution.runId)) throw invalid('Invalid RunId.');
  return { workflow, runId: runId(execution.runId) };
}

/** Zero when the field is not set. */
export function requireDuration(name: string, value: google.protobuf.IDuration | null | undefined): Duration {
  const duration = fromDuration(value) ?? 0;
  if (duration < 0) throw invalid(`An invalid ${name} is set on request. cause: negative duration`);
  return duration;
}

export function checkPayloads({ limits }: Engine, payloads: temporal.api.common.v1.IPayloads | null | undefined): void {
  if (payloads && api.common.v1.Payloads.encode(payloads).len > limits.blobBytesMax) throw invalid('Blob data size exceeds limit.');
}

export function checkMemo({ limits }: Engine, memo: temporal.api.common.v1.IMemo | null | undefined): void {
  if (memo && api.common.v1.Memo.encode(memo).len > limits.memoBytesMax) throw invalid('Memo size exceeds limit.');
}

export function checkLinks({ limits }: Engine, links: readonly temporal.api.common.v1.ILink[] | null | undefined): void {
  if ((links?.length ?? 0) > limits.linksMax)
    throw invalid(`cannot attach more than ${limits.linksMax} links per request, got ${links?.length}`);
}
