/** From what the code asked for to the protocol's commands and messages. */
import { api, google } from '@tidemark/protocol/api';
import { toDuration } from '@tidemark/protocol/time';
import type { temporal } from '@tidemark/protocol/types';
import type { Payload } from '../converter/payload.ts';
import { defaultPayloadConverter, toPayload } from '../converter/payload.ts';
import type { Command, UpdateRejection } from '../workflow/commands.ts';
import { PATCH_MARKER, SIDE_EFFECT_MARKER } from '../replay/events.ts';

type WireCommand = temporal.api.command.v1.ICommand;
type WireMessage = temporal.api.protocol.v1.IMessage;
const { CommandType } = api.enums.v1;

export interface WireOutput {
  readonly commands: WireCommand[];
  readonly messages: WireMessage[];
}

/** A pending update as it came: what its acceptance must repeat. */
export interface UpdateRequest {
  readonly messageId: string;
  readonly sequencingEventId: number;
  readonly request: temporal.api.update.v1.IRequest;
}

const json = (value: unknown): Payload => toPayload(defaultPayloadConverter, value);
const payloads = (...values: Payload[]) => ({ payloads: values });
const duration = (ms: number | undefined) => (ms === undefined ? undefined : toDuration(ms));
/** The protocol tells "not set" from "set to nothing", so undefined fields are left out. */
function defined<T extends object>(fields: T): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}

export class CommandWriter {
  readonly #namespace: string;
  /** The workflow's own. */
  readonly #taskQueue: string;
  /** The activity or timer an operation's number stands for in history. */
  readonly #scheduledEventId: (seq: number) => number;
  readonly #updates: ReadonlyMap<string, UpdateRequest>;

  constructor(options: {
    readonly namespace: string;
    readonly taskQueue: string;
    readonly scheduledEventId: (seq: number) => number;
    readonly updates: ReadonlyMap<string, UpdateRequest>;
  }) {
    this.#namespace = options.namespace;
    this.#taskQueue = options.taskQueue;
    this.#scheduledEventId = options.scheduledEventId;
    this.#updates = options.updates;
  }

  write(commands: readonly Command[], rejections: readonly UpdateRejection[]): WireOutput {
    const messages: WireMessage[] = rejections.map((rejection) => this.#rejection(rejection));
    const wire = commands.flatMap((command) => {
      const message = this.#message(command);
      if (message !== undefined) {
        messages.push(message);
        return [
          { commandType: CommandType.COMMAND_TYPE_PROTOCOL_MESSAGE, protocolMessageCommandAttributes: { messageId: message.id ?? '' } },
        ];
      }
      const summary = command.summary === undefined ? {} : { userMetadata: { summary: json(command.summary) } };
      return this.#commands(command).map((one) => ({ ...one, ...summary }));
    });
    return { commands: wire, messages };
  }

  #commands(command: Command): WireCommand[] {
    switch (command.kind) {
      case 'scheduleActivity':
        return [scheduleActivity(command, this.#taskQueue)];
      case 'cancelActivity':
        return [
          {
            commandType: CommandType.COMMAND_TYPE_REQUEST_CANCEL_ACTIVITY_TASK,
            // The codec takes plain numbers where its type says Long.
            requestCancelActivityTaskCommandAttributes: { scheduledEventId: this.#scheduledEventId(command.seq) as never },
          },
        ];
      case 'startTimer':
        return [
          {
            commandType: CommandType.COMMAND_TYPE_START_TIMER,
            startTimerCommandAttributes: { timerId: String(command.seq), startToFireTimeout: toDuration(command.ms) },
          },
        ];
      case 'cancelTimer':
        return [{ commandType: CommandType.COMMAND_TYPE_CANCEL_TIMER, cancelTimerCommandAttributes: { timerId: String(command.seq) } }];
      case 'patch':
        return patch(command);
      case 'sideEffect':
        return [
          {
            commandType: CommandType.COMMAND_TYPE_RECORD_MARKER,
            recordMarkerCommandAttributes: {
              markerName: SIDE_EFFECT_MARKER,
              details: { 'side-effect': payloads(json({ name: command.name, ordinal: command.ordinal })), value: payloads(command.value) },
            },
          },
        ];
      case 'upsertMemo':
        return [
          {
            commandType: CommandType.COMMAND_TYPE_MODIFY_WORKFLOW_PROPERTIES,
            modifyWorkflowPropertiesCommandAttributes: { upsertedMemo: { fields: { ...command.memo } } },
          },
        ];
      default:
        return this.#otherCommands(command);
    }
  }

  #otherCommands(command: Command): WireCommand[] {
    switch (command.kind) {
      case 'startChild':
        return [startChild(command, this.#namespace)];
      case 'signalExternal':
        return [
          {
            commandType: CommandType.COMMAND_TYPE_SIGNAL_EXTERNAL_WORKFLOW_EXECUTION,
            signalExternalWorkflowExecutionCommandAttributes: defined({
              namespace: this.#namespace,
              execution: { workflowId: command.target.workflowId, runId: command.target.runId },
              childWorkflowOnly: command.target.childOnly,
              signalName: command.name,
              header: {},
              input: command.input ?? null,
            }),
          },
        ];
      case 'cancelExternal':
        return [
          {
            commandType: CommandType.COMMAND_TYPE_REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION,
            requestCancelExternalWorkflowExecutionCommandAttributes: {
              namespace: this.#namespace,
              workflowId: command.target.workflowId,
              runId: command.target.runId,
              childWorkflowOnly: command.target.childOnly,
              reason: command.reason,
            },
          },
        ];
      case 'complete':
        return [
          {
            commandType: CommandType.COMMAND_TYPE_COMPLETE_WORKFLOW_EXECUTION,
            completeWorkflowExecutionCommandAttributes: command.result === undefined ? {} : { result: payloads(command.result) },
          },
        ];
      case 'fail':
        return [
          {
            commandType: CommandType.COMMAND_TYPE_FAIL_WORKFLOW_EXECUTION,
            failWorkflowExecutionCommandAttributes: { failure: command.failure },
          },
        ];
      case 'cancel':
        return [{ commandType: CommandType.COMMAND_TYPE_CANCEL_WORKFLOW_EXECUTION, cancelWorkflowExecutionCommandAttributes: {} }];
      case 'continueAsNew':
        return [continueAsNew(command)];
      default:
        return [];
    }
  }

  #message(command: Command): WireMessage | undefined {
    if (command.kind === 'updateAccepted') {
      const update = this.#updates.get(command.protocolInstanceId);
      return message(command.protocolInstanceId, 'Acceptance', {
        acceptedRequestMessageId: update?.messageId ?? '',
        acceptedRequestSequencingEventId: update?.sequencingEventId ?? 0,
        acceptedRequest: update?.request ?? null,
      });
    }
    if (command.kind !== 'updateCompleted') return undefined;
    const outcome = 'success' in command.outcome ? { success: payloads(command.outcome.success) } : { failure: command.outcome.failure };
    const updateId = this.#updates.get(command.protocolInstanceId)?.request.meta?.updateId ?? command.protocolInstanceId;
    return message(command.protocolInstanceId, 'Response', { meta: { updateId, identity: '' }, outcome });
  }

  #rejection(rejection: UpdateRejection): WireMessage {
    const update = this.#updates.get(rejection.protocolInstanceId);
    return message(rejection.protocolInstanceId, 'Rejection', {
      rejectedRequestMessageId: update?.messageId ?? '',
      rejectedRequestSequencingEventId: update?.sequencingEventId ?? 0,
      rejectedRequest: update?.request ?? null,
      failure: rejection.failure,
    });
  }
}

const suffixes = { Acceptance: 'accept', Response: 'complete', Rejection: 'reject' } as const;

function message(instanceId: string, type: keyof typeof suffixes, body: object): WireMessage {
  const codec = api.update.v1[type] as unknown as { encode(value: object): { finish(): Uint8Array } };
  return {
    id: `${instanceId}/${suffixes[type]}`,
    protocolInstanceId: instanceId,
    body: google.protobuf.Any.create({
      type_url: `type.googleapis.com/temporal.api.update.v1.${type}`,
      value: codec.encode(body).finish(),
    }),
  };
}

function scheduleActivity(command: Extract<Command, { kind: 'scheduleActivity' }>, ownQueue: string): WireCommand {
  return {
    commandType: CommandType.COMMAND_TYPE_SCHEDULE_ACTIVITY_TASK,
    scheduleActivityTaskCommandAttributes: defined({
      activityId: command.activityId,
      activityType: { name: command.activityType },
      taskQueue: { name: command.taskQueue },
      input: command.input ?? null,
      scheduleToCloseTimeout: duration(command.scheduleToCloseMs) ?? null,
      scheduleToStartTimeout: duration(command.scheduleToStartMs) ?? null,
      startToCloseTimeout: duration(command.startToCloseMs) ?? null,
      heartbeatTimeout: duration(command.heartbeatMs) ?? null,
      retryPolicy: command.retry ?? null,
      header: {},
      useWorkflowBuildId: command.taskQueue === ownQueue,
    }),
  };
}

/** The marker, and the search attribute that lets people find the runs of a patch. */
function patch(command: Extract<Command, { kind: 'patch' }>): WireCommand[] {
  const keywords: Payload = {
    ...json(command.known),
    metadata: { ...json(command.known).metadata, type: new TextEncoder().encode('KeywordList') },
  };
  return [
    {
      commandType: CommandType.COMMAND_TYPE_RECORD_MARKER,
      recordMarkerCommandAttributes: {
        markerName: PATCH_MARKER,
        details: { 'patch-data': payloads(json({ id: command.id, deprecated: command.deprecated })) },
      },
    },
    {
      commandType: CommandType.COMMAND_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES,
      upsertWorkflowSearchAttributesCommandAttributes: { searchAttributes: { indexedFields: { TemporalChangeVersion: keywords } } },
    },
  ];
}

function startChild(command: Extract<Command, { kind: 'startChild' }>, namespace: string): WireCommand {
  return {
    commandType: CommandType.COMMAND_TYPE_START_CHILD_WORKFLOW_EXECUTION,
    startChildWorkflowExecutionCommandAttributes: defined({
      namespace,
      workflowId: command.workflowId,
      workflowType: { name: command.workflowType },
      taskQueue: { name: command.taskQueue },
      input: command.input ?? null,
      workflowExecutionTimeout: duration(command.executionTimeoutMs) ?? null,
      workflowRunTimeout: duration(command.runTimeoutMs) ?? null,
      workflowTaskTimeout: duration(command.taskTimeoutMs) ?? null,
      retryPolicy: command.retry ?? null,
      parentClosePolicy: command.parentClosePolicy,
      workflowIdReusePolicy: command.idReusePolicy,
      cronSchedule: command.cronSchedule ?? '',
      header: {},
      memo: command.memo === undefined ? null : { fields: { ...command.memo } },
    }),
  };
}

function continueAsNew(command: Extract<Command, { kind: 'continueAsNew' }>): WireCommand {
  return {
    commandType: CommandType.COMMAND_TYPE_CONTINUE_AS_NEW_WORKFLOW_EXECUTION,
    continueAsNewWorkflowExecutionCommandAttributes: defined({
      workflowType: { name: command.workflowType },
      taskQueue: { name: command.taskQueue },
      input: command.input ?? null,
      workflowRunTimeout: duration(command.runTimeoutMs) ?? null,
      workflowTaskTimeout: duration(command.taskTimeoutMs) ?? null,
      retryPolicy: command.retry ?? null,
      header: {},
      memo: command.memo === undefined ? null : { fields: { ...command.memo } },
    }),
  };
}
