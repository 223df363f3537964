import { describe, expect, it } from 'vitest';
import { isSecretKey, MASK, maskJson, maskSecrets } from './secrets.ts';

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
    for (const value of [{ a: 1 }, [1, 'password'], 'password: x', null, 5, { password: null, token: '' }]) {
      const masked = maskSecrets(value);
      expect(masked.value).toBe(value);
      expect(masked.isMasked).toBe(false);
    }
  });
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
    ['{"a":"\\"password\\":1"}', '{"a":"\\"password\\":1"}'],
    // Cut off within.
    ['{"a":1,"password":"hunt', `{"a":1,"password":"${MASK}"`],
    ['{"a":1,"credentials":{"b":"hunt', `{"a":1,"credentials":"${MASK}"`],
    ['{"a":1,"passw', '{"a":1,"passw'],
  ])('makes of %s', (text, masked) => expect(maskJson(text)).toBe(masked));
});
