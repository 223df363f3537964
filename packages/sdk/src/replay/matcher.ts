/** Holds the commands of the last activation against the events that say what the first execution commanded. */
import type { Command } from '../workflow/commands.ts';
import type { HistoryEvent } from './events.ts';
import { commandKindOf, EventType, eventId } from './events.ts';
import type { Identity, SequenceOf } from './identity.ts';
import { commandIdentity, eventIdentity, patchOf } from './identity.ts';
import type { Mismatch } from './nondeterminism.ts';
import { NondeterminismError } from './nondeterminism.ts';

const endingKinds: ReadonlySet<string> = new Set(['complete', 'fail', 'cancel', 'continueAsNew']);

export class CommandMatcher {
  #queue: Command[] = [];
  #taskIndex = 0;
  readonly #sequenceOf: SequenceOf;
  /** A patch whose marker may be followed by the search attribute that lists it. */
  #expectsChangeVersion = false;

  constructor(sequenceOf: SequenceOf) {
    this.#sequenceOf = sequenceOf;
  }

  get pending(): readonly Command[] {
    return this.#queue;
  }

  push(commands: readonly Command[], taskIndex: number): void {
    this.#queue = [...commands];
    this.#taskIndex = taskIndex;
  }

  /** The command this event stands for, or nothing for an event that may be passed over. Throws `NondeterminismError`. */
  match(event: HistoryEvent): Command | undefined {
    const kind = commandKindOf(event);
    if (event.eventType === EventType.upsertSearchAttributes && this.#expectsChangeVersion) {
      this.#expectsChangeVersion = false;
      return undefined;
    }
    if (kind === 'patch') return this.#matchPatch(event);
    this.#dropUnrecordedPatches();
    const command = this.#queue.shift();
    if (command === undefined) throw this.#mismatch('missing-command', event);
    if (command.kind !== kind) {
      const ending = endingKinds.has(command.kind) && endingKinds.has(kind ?? '');
      throw this.#mismatch(ending ? 'different-ending' : 'different-kind', event, command);
    }
    if (!sameIdentity(commandIdentity(command), eventIdentity(event, this.#sequenceOf)))
      throw this.#mismatch('different-identity', event, command);
    return command;
  }

  /** Called where a task's events end: what is left was never recorded. Throws `NondeterminismError`. */
  finish(): void {
    this.#dropUnrecordedPatches();
    const [command] = this.#queue;
    if (command !== undefined) throw this.#mismatch('extra-command', undefined, command);
  }

  #matchPatch(event: HistoryEvent): Command | undefined {
    const marker = patchOf(event);
    this.#expectsChangeVersion = true;
    const [head] = this.#queue;
    if (head?.kind === 'patch' && head.id === marker?.id) return this.#queue.shift();
    // Code may forget a deprecated patch, never one that still decides a branch.
    if (marker?.deprecated) return undefined;
    throw this.#mismatch('patch-missing', event, head);
  }

  #dropUnrecordedPatches(): void {
    while (this.#queue[0]?.kind === 'patch') this.#queue.shift();
  }

  #mismatch(kind: Mismatch['kind'], event?: HistoryEvent, command?: Command): NondeterminismError {
    return new NondeterminismError({
      kind,
      taskIndex: this.#taskIndex,
      ...(event === undefined ? {} : { event }),
      ...(command === undefined ? {} : { command }),
    });
  }
}

export function sameIdentity(a: Identity, b: Identity): boolean {
  return Object.entries(a).every(([name, value]) => b[name] === value);
}

/** For messages that name an event. */
export const describeEventId = (event: HistoryEvent | undefined): string => (event === undefined ? '' : ` (event ${eventId(event)})`);
