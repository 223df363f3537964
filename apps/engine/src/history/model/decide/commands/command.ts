/** What every command's decision is given, and how it refuses. */
import type { temporal } from '@tidemark/protocol/types';
import type { WorkerVersion } from '../../../../kernel/worker-version.ts';
import type { Transition } from '../../decision.ts';
import type { UpdateMessages } from '../update-messages.ts';
import type { Step } from '../../step.ts';

export type Command = temporal.api.command.v1.ICommand;
export type FailedCause = temporal.api.enums.v1.WorkflowTaskFailedCause;

/** A bad command is not an exception: the workflow task fails with this cause, and the workflow gets another try. */
export interface Refusal {
  readonly cause: FailedCause;
  readonly message: string;
  /** No other try could go better: the run is terminated with the message for its reason. */
  readonly endsRun?: boolean;
}

export interface CommandContext {
  readonly step: Step;
  /** The event that every event of a command points back to. */
  readonly completedEventId: number;
  readonly identity: string;
  /** The name of the run's namespace: commands reach no other. */
  readonly namespace: string;
  /** Something waited that the workflow has not seen: then it must not end. */
  readonly hasUnseenEvents: boolean;
  /** Says what is wrong with search attributes, or nothing. */
  readonly faultOfSearchAttributes: (attributes: temporal.api.common.v1.ISearchAttributes) => string | undefined;
  /** Whether the workflow tasks of a queue are polled for by workers of a version. */
  readonly isServedBy: (taskQueue: string, version: WorkerVersion) => boolean;
  readonly messages: UpdateMessages;
  /** Activities of this completion, by scheduled event, that its worker would begin with at once. */
  readonly wanted: number[];
  /** Runs that begin with this transition. */
  readonly following: Transition[];
}

export type Handler<Attributes> = (context: CommandContext, attributes: Attributes, command: Command) => Refusal | undefined;

export const refuse = (cause: FailedCause, message: string): Refusal => ({ cause, message });

/** The command's own summary and details go onto the event it makes. */
export const metadataOf = (command: Command): { userMetadata?: temporal.api.sdk.v1.IUserMetadata } =>
  command.userMetadata ? { userMetadata: command.userMetadata } : {};

/** What every other run is named by in events about it. */
export const namespaceOf = ({ step, namespace }: CommandContext, given: string | null | undefined) => ({
  namespace: given ?? '',
  namespaceId: step.derived.key.namespaceId,
  isOther: given !== undefined && given !== null && given !== '' && given !== namespace,
});

const encoder = new TextEncoder();
export const bytesOf = (text: string): number => encoder.encode(text).byteLength;

/** An id in a command, and what else the command says, as sentences about it name it: ` Field=value`, before and after. */
interface NamedId {
  readonly field: string;
  readonly command: string;
  readonly value: string;
  readonly before?: string;
  readonly after?: string;
}

/** Errors travel in headers, which have a limit of their own. */
const SHOWN_MAX = 2000;

/** Says that an id is too long, or nothing. Of a very long one only the beginning is shown. */
export function faultOfLength(idBytesMax: number, { field, command, value, before = '', after = '' }: NamedId): string | undefined {
  const bytes = bytesOf(value);
  if (bytes <= idBytesMax) return undefined;
  const shown = value.slice(0, SHOWN_MAX);
  return `${field} on ${command} exceeds length limit.${before} ${field}=${shown} Length=${bytes} Limit=${idBytesMax}${after}`;
}
