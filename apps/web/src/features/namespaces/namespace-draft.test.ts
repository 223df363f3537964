import { describe, expect, it } from 'vitest';
import { checkNamespace, draftOf, EMPTY_NAMESPACE } from './namespace-draft.ts';

const stored = { name: 'orders', description: 'shop', owner: 'a@b.c', retentionMs: 259_200_000, data: { team: 'payments', tier: '1' } };

describe('checkNamespace', () => {
  it('gives back what is stored when nothing was changed', () => {
    const { data, ...rest } = stored;
    expect(checkNamespace(draftOf(stored), stored)).toEqual({ errors: {}, request: { ...rest, data } });
  });
  it('names each field that needs a change', () =>
    expect(Object.keys(checkNamespace({ ...EMPTY_NAMESPACE, retention: 'for ever', data: 'no sign' }).errors)).toEqual([
      'name',
      'retention',
      'data',
    ]));
  it('says what the protocol cannot take away', () =>
    expect(checkNamespace({ ...draftOf(stored), description: '', data: 'team=payments' }, stored).errors).toEqual({
      data: 'A key can be changed, not taken away: tier.',
      description: 'It can be changed, not taken away.',
    }));
  it('keeps everything after the first sign of equality', () =>
    expect(checkNamespace({ ...EMPTY_NAMESPACE, name: 'n', data: 'link=https://x?a=b' }).request?.data).toEqual({ link: 'https://x?a=b' }));
});
