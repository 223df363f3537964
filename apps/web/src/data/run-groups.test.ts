import { describe, expect, it } from 'vitest';
import { groupEvents } from '../domain/event-groups.ts';
import { wideHistory } from '../domain/fixtures.ts';
import type { PendingActivity } from '../domain/run-event.ts';
import { groupAhead, groupsOf } from './run-groups.ts';

const NONE: readonly PendingActivity[] = [];

describe('groupsOf', () => {
  it('says the same of one state of a run, whoever asks, and what is right of each that follows', () => {
    const events = wideHistory(40);
    const first = events.slice(0, 30);
    const groups = groupsOf(first, NONE);
    expect(groupsOf(first, NONE)).toBe(groups);
    groupAhead(events.slice(0, 60));
    // What is shown may be behind what has come.
    expect(groupsOf(first, []).groups).toEqual(groups.groups);
    expect(groupsOf(events, NONE).groups).toEqual(groupEvents(events).groups);
    expect(groups.groups).toEqual(groupEvents(first).groups);
  });

  it('begins anew for another run', () => {
    groupsOf(wideHistory(10), NONE);
    const other = wideHistory(4);
    expect(groupsOf(other, NONE).groups).toEqual(groupEvents(other).groups);
  });
});
