/** How a signal or a cancel request to another workflow went, seen from its sender. */
import { toLong, toNumber } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import type { Decision, Env } from '../decision.ts';
import { unchanged } from '../decision.ts';
import type { PendingExternal } from '../derived.ts';
import type { Draft } from '../events.ts';
import type { RunState } from '../state.ts';
import { isOpen } from '../state.ts';
import { Step } from '../step.ts';

export interface ExternalOutcome {
  readonly initiatedEventId: number;
  /** Why it did not reach the other; undefined when it did. Signals and cancel requests number their causes alike. */
  readonly cause: temporal.api.enums.v1.SignalExternalWorkflowExecutionFailedCause | undefined;
}

export function decideExternalOutcome(state: RunState, { initiatedEventId, cause }: ExternalOutcome, env: Env): Decision<undefined> {
  const external = state.derived.externals.get(initiatedEventId);
  const isKnown = state.volatile.buffered.some(
    ({ name, attributes }) =>
      name.includes('xternalWorkflowExecution') &&
      toNumber((attributes as { initiatedEventId?: null }).initiatedEventId) === initiatedEventId,
  );
  if (!isOpen(state) || external === undefined || isKnown) return unchanged(undefined);
  const step = Step.on(state, env);
  step.add(cause === undefined ? reached(external) : failed(external, cause));
  return step.decide(undefined);
}

const identify = ({ initiatedEventId, attributes }: PendingExternal) => ({
  initiatedEventId: toLong(initiatedEventId),
  namespace: attributes.namespace ?? '',
  namespaceId: attributes.namespaceId ?? '',
  workflowExecution: attributes.workflowExecution ?? null,
});

function reached(external: PendingExternal): Draft {
  return external.kind === 'signal'
    ? { name: 'externalWorkflowExecutionSignaled', attributes: { ...identify(external), control: external.attributes.control ?? '' } }
    : { name: 'externalWorkflowExecutionCancelRequested', attributes: identify(external) };
}

function failed(external: PendingExternal, cause: number): Draft {
  return external.kind === 'signal'
    ? {
        name: 'signalExternalWorkflowExecutionFailed',
        attributes: { ...identify(external), cause, control: external.attributes.control ?? '' },
      }
    : { name: 'requestCancelExternalWorkflowExecutionFailed', attributes: { ...identify(external), cause } };
}
