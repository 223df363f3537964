import type { Duration } from '../common/duration.ts';
import { toMilliseconds } from '../common/duration.ts';
import { workflowDefinition } from '../common/metadata.ts';
import type { RetryPolicy } from '../common/retry-policy.ts';
import { toWireRetryPolicy } from '../common/retry-policy.ts';
import type { AnyFunction, ArgumentsOf, Constructor } from '../common/types.ts';
import { toPayload, toPayloads } from '../converter/payload.ts';
import { given } from './activities.ts';
import type { ContinueAsNew } from './commands.ts';
import { requireRun, traceHere } from './run.ts';

/** Thrown to leave the workflow's code; catching it means not continuing. */
export class ContinueAsNewRequest extends Error {
  override readonly name = 'ContinueAsNew';
  constructor(readonly command: ContinueAsNew) {
    super('the workflow continues as new');
  }
}

export interface ContinueAsNewOptions {
  readonly taskQueue?: string;
  readonly runTimeout?: Duration;
  readonly taskTimeout?: Duration;
  readonly retry?: RetryPolicy;
  readonly memo?: Readonly<Record<string, unknown>>;
}

/** Ends this run and starts the next one of the same type, with a history of its own. */
export function continueAsNew(...args: unknown[]): never {
  throw request(requireRun().facts.workflowType, args, {});
}

/** The same with another workflow class, or other options. */
export function continueAsNewAs<Instance extends { run: AnyFunction }>(
  target: Constructor<Instance>,
  options: ContinueAsNewOptions & { readonly args: ArgumentsOf<Instance['run']> },
): never {
  const args: readonly unknown[] = options.args;
  throw request(workflowDefinition(target)?.name ?? target.name, args, options);
}

function request(workflowType: string, args: readonly unknown[], options: ContinueAsNewOptions): ContinueAsNewRequest {
  const run = requireRun();
  const millis = (duration: Duration | undefined) => (duration === undefined ? undefined : toMilliseconds(duration));
  const memo =
    options.memo && Object.fromEntries(Object.entries(options.memo).map(([key, value]) => [key, toPayload(run.converter, value)]));
  return new ContinueAsNewRequest({
    kind: 'continueAsNew',
    workflowType,
    taskQueue: options.taskQueue ?? run.facts.taskQueue,
    trace: traceHere(request),
    ...given('input', toPayloads(run.converter, args)),
    ...given('runTimeoutMs', millis(options.runTimeout)),
    ...given('taskTimeoutMs', millis(options.taskTimeout)),
    ...given('retry', toWireRetryPolicy(options.retry)),
    ...given('memo', memo),
  });
}
