import { describe, expect, it } from 'vitest';
import { EMPTY } from './draft.ts';
import { shutFields } from './filled.ts';

const mask = (text: string): string => text.replaceAll('hunter2', '•');
const filled = { fields: { input: '{"password":"hunter2"}', memo: '{"a":1}' }, from: 'event 1' };

describe('the fields that stay shut', () => {
  it('are those that were filled with something hidden', () =>
    expect(shutFields({ ...EMPTY, ...filled.fields }, filled, mask)).toEqual({ input: '{"password":"•"}' }));

  it('are none that their reader wrote, or opened', () => {
    expect(shutFields({ ...EMPTY, input: 'hunter2', headers: 'hunter2' }, filled, mask)).toEqual({});
    expect(shutFields({ ...EMPTY, ...filled.fields }, filled, (text) => text)).toEqual({});
  });
});
