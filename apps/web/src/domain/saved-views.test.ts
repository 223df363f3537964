import { describe, expect, it } from 'vitest';
import { addView, changeView, faultOfName, readViews, removeView, sameSearch, searchOfView, viewsOf } from './saved-views.ts';

const stuck = { namespace: 'default', name: 'Stuck', search: 'status=Running&last=7d' };
const other = { namespace: 'other', name: 'Stuck', search: '' };

describe('saved views', () => {
  it('knows an address again in another order', () => {
    expect(sameSearch('?a=1&b=2', 'b=2&a=1')).toBe(true);
    expect(sameSearch('a=1', 'a=1&b=2')).toBe(false);
  });
  it('keeps the views of namespaces apart', () => {
    const views = addView([other], { ...stuck, name: ' Stuck ' });
    expect(viewsOf(views, 'default')).toEqual([stuck]);
    expect(removeView(views, stuck)).toEqual([other]);
    expect(viewsOf(changeView(views, stuck, { ...stuck, name: 'Slow' }), 'default')).toEqual([{ ...stuck, name: 'Slow' }]);
    expect(viewsOf(changeView(views, stuck, { ...stuck, name: 'Slow' }), 'other')).toEqual([other]);
  });
  it('opens a namespace’s list with one of them', () => {
    const views = addView(addView([other], { ...stuck, isDefault: true }), { ...stuck, name: 'B', isDefault: true });
    expect(views.map(({ name, isDefault }) => [name, isDefault])).toEqual([
      ['Stuck', undefined],
      ['Stuck', false],
      ['B', true],
    ]);
    expect(changeView(views, { ...stuck, name: 'B' }, { ...stuck, name: 'C' }).map(({ name }) => name)).toEqual(['Stuck', 'Stuck', 'C']);
  });
  it('keeps no wish to see all of them', () => {
    expect(searchOfView('view=all')).toBe('');
    expect(searchOfView('status=Failed&view=all')).toBe('status=Failed');
  });
  it('wants a name that is not taken', () => {
    expect(faultOfName([stuck], { namespace: 'default', name: '  ' }, true)).toBe('A view needs a name.');
    expect(faultOfName([stuck], { namespace: 'default', name: 'Stuck ' }, true)).toContain('already');
    expect(faultOfName([stuck], { namespace: 'other', name: 'Stuck' }, true)).toBeUndefined();
  });
  it('reads only what is a view', () => expect(readViews([stuck, null, 'x', { name: 1 }])).toEqual([stuck]));
});
