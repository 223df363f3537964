/** Updates as clients send them and workers answer them. */
import { api } from '@tidemark/protocol/api';
import { toLong } from '@tidemark/protocol/time';
import type { Command } from '../../src/history/model/decide/commands/command.ts';
import { decideAdmitUpdate } from '../../src/history/model/decide/update.ts';
import type { UpdateAdmission } from '../../src/history/model/decide/update.ts';
import type { UpdateMessage } from '../../src/history/model/decide/update-messages.ts';
import type { ModelRun } from './model-run.ts';

const { CommandType } = api.enums.v1;

export const update = (updateId: string): UpdateAdmission => ({
  updateId,
  request: { meta: { updateId, identity: 'client' }, input: { name: 'add' } },
  firstExecutionRunId: '',
});

export const admit = (run: ModelRun, updateId: string): void => run.do((state, env) => decideAdmitUpdate(state, update(updateId), env));

export const acceptance = (updateId: string, sequencing = 5): UpdateMessage => ({
  id: `${updateId}/accept`,
  updateId,
  kind: 'acceptance',
  body: { acceptedRequestMessageId: `${updateId}/request`, acceptedRequestSequencingEventId: toLong(sequencing) },
});
export const rejection = (updateId: string): UpdateMessage => ({
  id: `${updateId}/reject`,
  updateId,
  kind: 'rejection',
  body: { failure: { message: 'no', applicationFailureInfo: { type: 'Invalid' } } },
});
export const response = (updateId: string): UpdateMessage => ({
  id: `${updateId}/complete`,
  updateId,
  kind: 'response',
  body: { meta: { updateId, identity: 'client' }, outcome: { success: { payloads: [] } } },
});
/** The command that gives a message its place among the others. */
export const placed = ({ id }: UpdateMessage): Command => ({
  commandType: CommandType.COMMAND_TYPE_PROTOCOL_MESSAGE,
  protocolMessageCommandAttributes: { messageId: id },
});
