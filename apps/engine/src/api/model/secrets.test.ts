import { describe, expect, it } from 'vitest';
import { isHidden, isSecretKey, MASK, maskAt, maskJson, maskSecrets, secretsIn } from './secrets.ts';

describe('isSecretKey', () => {
  it.each([
    'password',
    'Password',
    'PASSWD',
    'db_password',
    'userPassword2',
    'passwordHash',
    'secret',
    'client_secret',
    'clientSecret',
    'CLIENT-SECRET',
    'secretKey',
    'token',
    'accessToken',
    'refresh_token',
    'X-Auth-Token',
    'apikey',
    'apiKey',
    'API_KEY',
    'api-key',
    'x-api-key',
    'stripeApiKey',
    'APIKey',
    'authorization',
    'Authorization',
    'credential',
    'credentials',
    'awsCredentials',
    'privateKey',
    'private_key',
    'accessKey',
    'AWS_ACCESS_KEY',
    'secretAccessKey',
    'aws.secret.access.key',
    'cookie',
    'Set-Cookie',
    'session cookie',
    'connectionString',
    'connection_string',
    'DB-CONNECTION-STRING',
    'connectionstring',
  ])('hides %s', (key) => expect(isSecretKey(key)).toBe(true));

  it.each([
    '',
    'tokenCount',
    'token_count',
    'maxTokensUsed',
    'tokenizer',
    'tokenType',
    'secretary',
    'secretName',
    'passwordPolicy',
    'passwordLength',
    'compass',
    'author',
    'authorizationUrl',
    'key',
    'keys',
    'publicKey',
    'primaryKey',
    'apiVersion',
    'accessLevel',
    'cookieless',
    'connection',
    'string',
    'orderId',
    'taskTokenizer',
  ])('shows %s', (key) => expect(isSecretKey(key)).toBe(false));
});

describe('maskSecrets', () => {
  it('hides what stands under such keys, at any depth', () => {
    const value = { user: 'ada', password: 'x', rows: [{ token: 1, n: 2 }], credentials: { a: 'b' }, tokenCount: 3 };
    expect(maskSecrets(value)).toEqual({
      value: { user: 'ada', password: MASK, rows: [{ token: MASK, n: 2 }], credentials: MASK, tokenCount: 3 },
      isMasked: true,
    });
  });

  it('leaves what holds none as it is', () => {
    for (const value of [{ a: 1 }, [1, 'password'], 'password: x', null, 5, { password: null, token: '' }, { password: MASK }]) {
      const masked = maskSecrets(value);
      expect(masked.value).toBe(value);
      expect(masked.isMasked).toBe(false);
    }
  });

  it('hides in texts that hold JSON', () => {
    expect(maskSecrets({ note: 'sent {"apiKey":"k-1","n":1}', plain: 'a "b": c' })).toEqual({
      value: { note: `sent {"apiKey":"${MASK}","n":1}`, plain: 'a "b": c' },
      isMasked: true,
    });
  });
});

describe('what somebody was shown', () => {
  const value = { user: 'ann', password: 'hunter2', nested: '{"apiKey":"k-1"}', credentials: { pin: 1, token: [2] } };
  const known = secretsIn(value);

  it('is not hidden where it stands again, in a value or in a text', () => {
    const isKnown = (secret: string) => known.has(secret);
    expect(maskSecrets(value, isKnown)).toEqual({ value, isMasked: false });
    expect(maskSecrets({ Password: 'hunter2', api_key: 'k-1' }, isKnown).isMasked).toBe(false);
    const text = JSON.stringify(value, null, 2);
    expect(maskJson(text, isKnown)).toBe(text);
  });

  it('says nothing of another secret, nor of the same value under another key', () => {
    const isKnown = (secret: string) => known.has(secret);
    expect(maskSecrets({ password: 'hunter3', token: 'hunter2' }, isKnown).value).toEqual({ password: MASK, token: MASK });
    expect(maskJson('{"password":"hunter2","token":"x"}', isKnown)).toBe(`{"password":"hunter2","token":"${MASK}"}`);
  });

  it('is none where nothing is hidden', () => expect(secretsIn({ user: 'ann', password: null }).size).toBe(0));
});

describe('a field and a path', () => {
  it('hides one field without a look below it', () => {
    const value = { password: 'x' };
    const known = secretsIn({ credentials: value });
    expect([isHidden('card', value), isHidden('credentials', value), isHidden('token', null)]).toEqual([false, true, false]);
    expect(isHidden('credentials', value, (secret) => known.has(secret))).toBe(false);
  });

  it.each([
    ['card.token', 'x', MASK],
    ['credentials.type', 'x', MASK],
    ['tokens[0].id', 5, MASK],
    ['card', { token: 1, n: 2 }, { token: MASK, n: 2 }],
    ['card.password', null, null],
    ['card.number', 5, 5],
  ])('at %s', (path, value, masked) => expect(maskAt(path, value)).toEqual(masked));
});

describe('maskJson', () => {
  it.each([
    ['{"password":"x","a":1}', `{"password":"${MASK}","a":1}`],
    ['{ "token" : 5 }', `{ "token" : "${MASK}"}`],
    ['{"a":{"api_key":"q\\"}, {"},"b":2}', `{"a":{"api_key":"${MASK}"},"b":2}`],
    ['{"credentials":{"a":[1,{"b":"]"}]},"c":3}', `{"credentials":"${MASK}","c":3}`],
    ['{"p\\u0061ssword":"x"}', `{"p\\u0061ssword":"${MASK}"}`],
    ['{"password":null,"token":""}', '{"password":null,"token":""}'],
    ['"password", {"a":1}', '"password", {"a":1}'],
    ['{"password":"••••••"}', '{"password":"••••••"}'],
    // JSON within a string, and within a string of that.
    ['{"a":"\\"password\\":1"}', `{"a":"\\"password\\":\\"${MASK}\\""}`],
    ['{"a":"{\\"apiKey\\":\\"k-1\\",\\"n\\":1}","b":2}', `{"a":"{\\"apiKey\\":\\"${MASK}\\",\\"n\\":1}","b":2}`],
    [JSON.stringify({ a: JSON.stringify({ b: '{"token":"x"}' }) }), JSON.stringify({ a: JSON.stringify({ b: `{"token":"${MASK}"}` }) })],
    ['["{\\"a\\":1}", "x"]', '["{\\"a\\":1}", "x"]'],
    // JSON within other text, whatever quotes stand before it.
    ['say "hi: {"password":"x"} and go', `say "hi: {"password":"${MASK}"} and go`],
    ['it is 5" wide: {"token": 1}', `it is 5" wide: {"token": "${MASK}"}`],
    // Cut off within.
    ['{"a":1,"password":"hunt', `{"a":1,"password":"${MASK}"`],
    ['{"a":1,"credentials":{"b":"hunt', `{"a":1,"credentials":"${MASK}"`],
    ['{"a":1,"passw', '{"a":1,"passw'],
    ['{"a":"{\\"password\\":\\"hunt', `{"a":"{\\"password\\":\\"${MASK}\\"`],
    ['{"a":"{\\"password\\":\\"hunt\\', `{"a":"{\\"password\\":\\"${MASK}\\"`],
  ])('makes of %s', (text, masked) => expect(maskJson(text)).toBe(masked));

  it('takes its time in proportion to the text', () => {
    const quotes = '"'.repeat(200_000);
    expect(maskJson(quotes)).toBe(quotes);
    const nested = '"\\\\"'.repeat(50_000);
    expect(maskJson(nested)).toBe(nested);
  });
});
