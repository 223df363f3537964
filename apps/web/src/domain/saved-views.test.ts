import { describe, expect, it } from 'vitest';
import { addView, faultOfName, readViews, removeView, renameView, sameSearch, viewsOf } from './saved-views.ts';

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
    expect(viewsOf(renameView(views, stuck, ' Slow '), 'default')).toEqual([{ ...stuck, name: 'Slow' }]);
    expect(viewsOf(renameView(views, stuck, 'Slow'), 'other')).toEqual([other]);
  });
  it('wants a name that is not taken', () => {
    expect(faultOfName([stuck], { namespace: 'default', name: '  ' })).toBe('A view needs a name.');
    expect(faultOfName([stuck], { namespace: 'default', name: 'Stuck ' })).toContain('already');
    expect(faultOfName([stuck], { namespace: 'other', name: 'Stuck' })).toBeUndefined();
  });
  it('reads only what is a view', () => expect(readViews([stuck, null, 'x', { name: 1 }])).toEqual([stuck]));
});
