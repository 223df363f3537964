import { expect, it } from 'vitest';
import { backTo } from './back-to.ts';

it.each([
  ['/n/default/workflows?q=a%20b', '/n/default/workflows?q=a%20b'],
  ['', '/'],
  ['//evil.example/x', '/'],
  ['/\\evil.example', '/'],
  ['https://evil.example', '/'],
  ['javascript:alert(1)', '/'],
  ['n/default', '/'],
  ['/\t/evil.example', '/'],
])('after signing in %j leads to %s', (next, path) => {
  expect(backTo(next)).toBe(path);
});
