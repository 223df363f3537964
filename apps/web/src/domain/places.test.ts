import { describe, expect, it } from 'vitest';
import { isOfRun, isWithin, lastOf, openedPaths, Places, turnOf, withClosed, withOpened } from './places.ts';

describe('paths', () => {
  it('are taken from an address, parents before what is in them, and nothing else is', () => {
    expect(openedPaths('12.40,12~2,12,x,0,12..4,-3,12,7.1~2.9')).toEqual(['12', '12~2', '12.40', '7.1~2.9']);
    expect(openedPaths('')).toEqual([]);
    expect(openedPaths(Array.from({ length: 500 }, (_, index) => index + 1).join(','))).toHaveLength(60);
  });

  it('name the event that opened a run, the run that holds it, and the turn', () => {
    expect(lastOf('12')).toEqual({ within: '', event: 12, turn: 1 });
    expect(lastOf('12~2.40~3')).toEqual({ within: '12~2', event: 40, turn: 3 });
    expect(turnOf('12.40', 2)).toBe('12.40~2');
    expect(turnOf('12.40~2', 1)).toBe('12.40');
  });

  it('are closed with all that is in them', () => {
    expect(withOpened('12', '12.40')).toBe('12,12.40');
    expect(withClosed('12,12.40,12~2,12~2.7,121,5', '12')).toBe('121,5');
    expect(withClosed('12,12~2,12~2.7', '12~2')).toBe('12');
    expect(isWithin('121', '12')).toBe(false);
  });
});

describe('Places', () => {
  it('numbers the rows of all runs, those of the run itself by their events', () => {
    const places = new Places();
    expect(places.idOf('', 12)).toBe(12);
    const inside = places.idOf('12', 12);
    expect([isOfRun(12), isOfRun(inside), inside === places.idOf('12', 12)]).toEqual([true, false, true]);
    expect([places.pathOf(inside), places.eventOf(inside)]).toEqual(['12', 12]);
    expect(places.pathOf(places.noteOf('12'))).toBe('12');
  });

  it('knows what a row opens, and the row that opened a run', () => {
    const places = new Places();
    for (const path of ['12', '12.40', '12~2', '12~2.7']) expect(places.opens(places.rowOf(path))).toBe(path);
  });
});
