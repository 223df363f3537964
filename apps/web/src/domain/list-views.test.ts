import { describe, expect, it } from 'vitest';
import { defaultView, listViews, placeOfScope } from './list-views.ts';

const local = { namespace: 'n', name: 'Mine', search: 'status=Failed' };
const kept = { name: 'Ours', search: 'status=Running', isDefault: true };

describe('views', () => {
  it('of this browser stand before those of the server', () => {
    const views = listViews([local], { team: [kept], personal: [{ ...kept, name: 'My own', isDefault: false }] });
    expect(views.map(({ name, scope, keptIn }) => [name, scope, keptIn].join(' '))).toEqual([
      'Mine personal browser',
      'My own personal server',
      'Ours team server',
    ]);
    expect(defaultView(views)?.name).toBe('Ours');
    expect(defaultView(listViews([{ ...local, isDefault: true }], { team: [kept], personal: null }))?.name).toBe('Mine');
    expect(defaultView([])).toBeUndefined();
  });

  it('are kept where there is a place for them', () => {
    expect(placeOfScope('personal', null)).toBe('browser');
    expect(placeOfScope('team', null)).toBeUndefined();
    expect(placeOfScope('personal', { team: [], personal: null })).toBe('browser');
    expect(placeOfScope('personal', { team: [], personal: [] })).toBe('server');
    expect(placeOfScope('team', { team: [], personal: null })).toBe('server');
  });
});
