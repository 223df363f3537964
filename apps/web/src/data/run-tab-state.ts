'use client';
import { parseAsBoolean, parseAsFloat, parseAsInteger, parseAsString, parseAsStringLiteral } from 'nuqs';
import { ORDERS } from '../domain/timeline-order.ts';

export const HISTORY_MODES = ['groups', 'events', 'json'] as const;
export type HistoryMode = (typeof HISTORY_MODES)[number];

/** Everything about a run's page that a copied address brings back. */
export const timelineParsers = {
  sel: parseAsInteger,
  /** The run of the selected event: a path of `domain/places.ts`, none for the run of the page. */
  of: parseAsString,
  /** The other end of several rows that are chosen together. */
  to: parseAsInteger,
  toOf: parseAsString,
  /** Children that are opened in the timeline: such paths, between commas. */
  in: parseAsString.withDefault(''),
  find: parseAsString.withDefault(''),
  /** What is seen of the run's time, in milliseconds: see `WindowAddress`. */
  t0: parseAsFloat,
  t1: parseAsFloat,
  hide: parseAsString.withDefault(''),
  path: parseAsBoolean.withDefault(false),
  /** What stands below what. */
  group: parseAsStringLiteral(ORDERS).withDefault('time'),
  as: parseAsStringLiteral(['bars', 'table']).withDefault('bars'),
};
export const historyParsers = {
  as: parseAsStringLiteral(HISTORY_MODES).withDefault('groups'),
  e: parseAsInteger,
  find: parseAsString.withDefault(''),
  bodies: parseAsBoolean.withDefault(false),
  oldest: parseAsBoolean.withDefault(false),
};
/** Of every tab: the reasons why the run does not move are open beside it. */
export const whyParsers = { why: parseAsBoolean.withDefault(false) };
/** Of every tab: the dialog of a reset is open, at a choice of `domain/reset-plan.ts` or at the likeliest one. */
export const ANY_RESET = 'choose';
export const resetParsers = { reset: parseAsString };
/** The other run, as `workflowId/runId`; or, in the mode `baseline`, the last successes of the type together. */
export const compareParsers = {
  with: parseAsString.withDefault(''),
  mode: parseAsStringLiteral(['run', 'baseline']).withDefault('run'),
};
/** `vs` is `event` or `task` for the position one step before, or the id of an event that was pinned. */
export const stateParsers = {
  at: parseAsInteger,
  vs: parseAsString.withDefault('event'),
};
