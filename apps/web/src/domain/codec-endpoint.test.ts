import { describe, expect, it } from 'vitest';
import { checkEndpoint, cookieOf, originsOf } from './codec-endpoint.ts';

describe('the address of a codec server', () => {
  it('is https, or http on this machine', () => {
    expect(checkEndpoint('https://codec.example.com/v1/')).toEqual({
      ok: true,
      endpoint: 'https://codec.example.com/v1',
      origin: 'https://codec.example.com',
    });
    expect(checkEndpoint(' http://127.0.0.1:8081 ')).toMatchObject({ ok: true, origin: 'http://127.0.0.1:8081' });
    expect(checkEndpoint('http://[::1]:8081')).toMatchObject({ ok: true, origin: 'http://[::1]:8081' });
  });

  it.each([
    'codec.example.com',
    'http://codec.example.com',
    'https://*.example.com',
    'https://*',
    'https://user:pw@codec.example.com',
    'https://codec.example.com/?a=1',
    'ftp://codec.example.com',
    'data:text/plain,x',
    `https://codec.example.com/${'x'.repeat(600)}`,
  ])('is not %s', (text) => expect(checkEndpoint(text).ok).toBe(false));
});

describe('the cookie', () => {
  it('carries origins there and back', () => {
    const cookie = cookieOf(['https://a.example/x', 'https://a.example/y', 'http://localhost:9', 'nonsense']);
    expect(originsOf(cookie)).toEqual(['https://a.example', 'http://localhost:9']);
  });

  it.each([
    'https://a.example; script-src *',
    "https://a.example 'unsafe-inline'",
    'https://a.example,https://b.example',
    'https://*.example',
    'https://a.example/path',
    'https:',
    '*',
    '%E0%A4%A',
    'https://a.example\r\nset-cookie: x=1',
  ])('lets nothing else into the policy: %s', (text) => {
    expect(originsOf(encodeURIComponent(text))).toEqual([]);
    expect(originsOf(text)).toEqual([]);
  });
});
