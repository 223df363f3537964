/** Where decorators leave what they know: on the functions and classes themselves, under keys that every copy of the SDK shares. */
import type { Constructor } from './types.ts';

const handlerKey = Symbol.for('@tidemark/sdk/handler');
const workflowKey = Symbol.for('@tidemark/sdk/workflow');
const activityKey = Symbol.for('@tidemark/sdk/activity');

export type HandlerKind = 'run' | 'signal' | 'query' | 'update' | 'validator';

export interface HandlerMetadata {
  readonly kind: HandlerKind;
  /** The name on the wire; the method's name unless given. For a validator, the name of the update's method. */
  readonly name?: string;
  readonly description?: string;
  readonly dynamic?: boolean;
  readonly unfinishedPolicy?: 'WARN_AND_ABANDON' | 'ABANDON';
}

export interface HandlerDefinition {
  /** The name on the wire. */
  readonly name: string;
  readonly method: string;
  readonly description?: string;
  readonly unfinishedPolicy?: 'WARN_AND_ABANDON' | 'ABANDON';
  /** Updates only: the method that checks the arguments. */
  readonly validator?: string;
}

export interface WorkflowDefinition {
  readonly name: string;
  readonly runMethod: string;
  readonly dynamic: boolean;
  readonly init: boolean;
  readonly failureErrorTypes: readonly Constructor<Error>[];
  readonly versioningBehavior?: 'PINNED' | 'AUTO_UPGRADE';
  readonly signals: ReadonlyMap<string, HandlerDefinition>;
  readonly queries: ReadonlyMap<string, HandlerDefinition>;
  readonly updates: ReadonlyMap<string, HandlerDefinition>;
  readonly dynamicSignal?: HandlerDefinition;
  readonly dynamicQuery?: HandlerDefinition;
  /** The stack of the place that defined the class, from which a worker finds the file to bundle. */
  readonly definedAt?: string;
}

export interface ActivityDefinition {
  readonly name: string;
}

// Symbol-keyed properties of functions are not in any type; each pair of functions below is the only reader and writer of its key.
type Keyed = Record<symbol, unknown>;

export function setHandlerMetadata(method: object, metadata: HandlerMetadata): void {
  Object.defineProperty(method, handlerKey, { value: metadata, configurable: true });
}

export const handlerMetadata = (method: object): HandlerMetadata | undefined =>
  (method as Keyed)[handlerKey] as HandlerMetadata | undefined;

export function setWorkflowDefinition(target: object, definition: WorkflowDefinition): void {
  Object.defineProperty(target, workflowKey, { value: definition, configurable: true });
}

/** The definition of exactly this class, not of a base class. */
export function workflowDefinition(target: object): WorkflowDefinition | undefined {
  return Object.hasOwn(target, workflowKey) ? ((target as Keyed)[workflowKey] as WorkflowDefinition) : undefined;
}

export function setActivityDefinition(target: object, definition: ActivityDefinition): void {
  Object.defineProperty(target, activityKey, { value: definition, configurable: true });
  Object.defineProperty(target, 'activityType', { value: definition.name, configurable: true });
}

export const activityDefinition = (target: object): ActivityDefinition | undefined =>
  (target as Keyed)[activityKey] as ActivityDefinition | undefined;
