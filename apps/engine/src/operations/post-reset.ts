/** What a request to reset has done to the new run before it goes on. */
import type { temporal } from '@tidemark/protocol/types';
import { optionsUpdated } from '../history/model/decide/options.ts';
import type { Draft } from '../history/model/events.ts';
import type { RunState } from '../history/model/state.ts';
import type { Engine } from './engine.ts';
import { toChange } from './update-options.ts';
import { checkLinks, checkPayloads, invalid, requireId } from './validate.ts';

type PostReset = temporal.api.workflow.v1.IPostResetOperation;

export function draftsAfterReset(
  engine: Engine,
  operations: readonly PostReset[] | null | undefined,
  identity: string,
): ((state: RunState) => Draft)[] {
  return (operations ?? []).map((operation) => draftOf(engine, operation, identity));
}

function draftOf(engine: Engine, { signalWorkflow: signal, updateWorkflowOptions: update }: PostReset, identity: string) {
  if (signal) {
    const signalName = requireId(engine, 'SignalName', signal.signalName);
    checkPayloads(engine, signal.input);
    checkLinks(engine, signal.links);
    const { input, header, links } = signal;
    const attributes = { signalName, identity, ...(input ? { input } : {}), ...(header ? { header } : {}) };
    return (): Draft => ({ name: 'workflowExecutionSignaled', attributes, links: links ?? [] });
  }
  if (update) {
    const change = toChange(engine, update, identity);
    return (state: RunState): Draft => optionsUpdated(state, change);
  }
  throw invalid('a post reset operation must say what is to be done');
}
