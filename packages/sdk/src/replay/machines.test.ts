import { describe, expect, it } from 'vitest';
import type { MachineKind } from './machines.ts';
import { initialStates, machines, nextState } from './machines.ts';

type Table = Readonly<Record<string, Readonly<Record<string, string>>>>;

const kinds = Object.keys(machines) as MachineKind[];

describe.each(kinds)('%s', (kind) => {
  const table: Table = machines[kind];
  const inputs = new Set(Object.values(table).flatMap((row) => Object.keys(row)));
  const states = new Set([...Object.keys(table), ...Object.values(table).flatMap((row) => Object.values(row))]);

  it('answers every cell as the table says, and nothing elsewhere', () => {
    for (const state of states) {
      for (const input of inputs) expect(nextState(kind, state, input)).toBe(table[state]?.[input]);
    }
  });

  it('reaches every state from the first one', () => {
    const reached = new Set([initialStates[kind]]);
    for (const state of reached) for (const next of Object.values(table[state] ?? {})) reached.add(next);
    expect(reached).toEqual(states);
  });
});

it('an activity that was asked to stop may still end in every way', () => {
  expect(['canceled', 'completed', 'failed', 'timedOut'].map((input) => nextState('activity', 'cancelRequested', input))).toEqual([
    'canceled',
    'completed',
    'failed',
    'timedOut',
  ]);
});

it('nothing ends twice', () => {
  expect(nextState('activity', 'completed', 'failed')).toBeUndefined();
  expect(nextState('timer', 'fired', 'canceled')).toBeUndefined();
});
