import { describe, expect, it } from 'vitest';
import { isAllHidden, maskedLook, secretsOfLook } from './masked-look.ts';
import { lookAt } from './payload-look.ts';

const MASK = '••••••';
const bytes = new TextEncoder();
const look = (encoding: string, data: string, metadata: Record<string, string> = {}) =>
  lookAt({ metadata: { encoding, ...metadata }, data: bytes.encode(data), bytes: data.length });
const never = () => false;

describe('a payload while its secrets are hidden', () => {
  it('is as it was where it holds none', () => {
    for (const one of [look('json/plain', '{"user":"ann"}'), look('binary/plain', 'password'), look('binary/null', '')])
      expect(maskedLook(one, 'event 1, input', never)).toBe(one);
  });

  it.each([
    ['json/plain', '{"password":"x","n":41.90}', { kind: 'json', text: `{\n  "password": "${MASK}",\n  "n": 41.90\n}` }],
    ['json/plain', '"{\\"password\\":\\"x\\"}"', { kind: 'json', value: `{"password":"${MASK}"}` }],
    ['binary/plain', 'got {"password":"x"}', { kind: 'text', text: `got {"password":"${MASK}"}` }],
  ])('%s %s', (encoding, data, wanted) => expect(maskedLook(look(encoding, data), 'event 1, input', never)).toMatchObject(wanted));

  it('stays Markdown', () =>
    expect(maskedLook(look('binary/plain', '# {"token":1}', { mime: 'text/markdown' }), 'event 1', never)).toEqual({
      kind: 'markdown',
      text: `# {"token":"${MASK}"}`,
    }));

  it('is hidden whole where its place says so, until that was shown', () => {
    const one = look('json/plain', '{"user":"ann"}');
    const place = 'event 1, header, authorization';
    expect(maskedLook(one, place, never)).toMatchObject({ kind: 'json', value: MASK });
    expect([isAllHidden(one, place, never), isAllHidden(one, 'event 1, input', never)]).toEqual([true, false]);
    const known = secretsOfLook(one, place);
    expect(maskedLook(one, place, (secret) => known.has(secret))).toBe(one);
  });

  it('has the same secrets as a value and as a text', () => {
    const secrets = [...secretsOfLook(look('json/plain', '{"password":"x","pins":{"token":5}}'), 'input')];
    expect([...secretsOfLook(look('binary/plain', '{"password":"x","pins":{"token":5}}'), 'input')]).toEqual(secrets);
    expect(secrets).toHaveLength(2);
  });
});
