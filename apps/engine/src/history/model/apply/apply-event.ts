/** One applier per event name: a name without one does not compile. */

import { fromTimestamp, toNumber } from '@tidemark/protocol/time';
import { invariant } from '../../../kernel/invariant.ts';
import type { Derived } from '../derived.ts';
import type { EventAttributes, EventName, HistoryEvent } from '../events.ts';
import { attributesOf, eventNameOf } from '../events.ts';
import { activityAppliers } from './activity-events.ts';
import { childAppliers } from './child-events.ts';
import { externalAppliers } from './external-events.ts';
import { timerAppliers } from './timer-events.ts';
import { updateAppliers } from './update-events.ts';
import { workflowAppliers } from './workflow-events.ts';
import { workflowTaskAppliers } from './workflow-task-events.ts';

/** Where an event stands. */
export interface At {
  readonly eventId: number;
  readonly time: number;
  readonly event: HistoryEvent;
}

export type Applier<Name extends EventName> = (derived: Derived, attributes: EventAttributes<Name>, at: At) => void;
export type Appliers<Names extends EventName> = { readonly [Name in Names]: Applier<Name> };

/** Events that change nothing the engine has to remember. */
const nothing = (): void => undefined;

const appliers: Appliers<EventName> = {
  ...workflowAppliers,
  ...workflowTaskAppliers,
  ...activityAppliers,
  ...timerAppliers,
  ...childAppliers,
  ...externalAppliers,
  ...updateAppliers,
  markerRecorded: nothing,
  workflowPropertiesModifiedExternally: nothing,
  activityPropertiesModifiedExternally: nothing,
  nexusOperationScheduled: nothing,
  nexusOperationStarted: nothing,
  nexusOperationCompleted: nothing,
  nexusOperationFailed: nothing,
  nexusOperationCanceled: nothing,
  nexusOperationTimedOut: nothing,
  nexusOperationCancelRequested: nothing,
  nexusOperationCancelRequestCompleted: nothing,
  nexusOperationCancelRequestFailed: nothing,
  workflowExecutionPaused: nothing,
  workflowExecutionUnpaused: nothing,
  workflowExecutionTimeSkippingTransitioned: nothing,
};

/** Takes one event into the state it follows. */
export function applyEvent(derived: Derived, event: HistoryEvent): void {
  const eventId = toNumber(event.eventId);
  invariant(eventId === derived.nextEventId, `event ${eventId} must follow ${derived.nextEventId - 1}`);
  const name = eventNameOf(event.eventType ?? 0);
  invariant(name !== undefined, `event ${eventId} has a type this engine never writes: ${event.eventType}`);
  derived.nextEventId = eventId + 1;
  applyNamed(derived, event, name);
}

function applyNamed<Name extends EventName>(derived: Derived, event: HistoryEvent, name: Name): void {
  // The table's type ties each name to its attributes; TypeScript cannot follow one name through both.
  const applier = appliers[name] as Applier<Name>;
  applier(derived, attributesOf(event, name), { eventId: toNumber(event.eventId), time: fromTimestamp(event.eventTime) ?? 0, event });
}
