import { expect, it } from 'vitest';
import { z } from 'zod';
import { plainCause, plainIssues } from './plain-words.ts';

it.each([
  ['No connection established. Last error: Error: connect ECONNREFUSED 127.0.0.1:7626. Resolution note: ', 'host:1 refuses connections.'],
  ['Name resolution failed for target dns:nowhere:1', 'The name of host:1 was not found.'],
  ['No connection established. Last error: Error: getaddrinfo ENOTFOUND nowhere', 'The name of host:1 was not found.'],
  ['Deadline exceeded after 10.001s,LB pick: 0.001s', 'host:1 did not answer in time.'],
  ['No connection established. Last error: Error: connect EHOSTUNREACH 10.0.0.1:1', 'There is no way to host:1 on the network.'],
  ['Connection dropped', 'host:1 ended the connection.'],
  ['No connection established. Last error: Error: self-signed certificate', 'host:1 and the console do not agree on TLS.'],
])('%s', (message, words) => {
  expect(plainCause(message, 'host:1')).toBe(words);
});

it('leaves alone what a server wrote', () => {
  expect(plainCause('the store is being moved', 'host:1')).toBeUndefined();
  expect(plainCause('the query timed out: no worker took it', 'host:1')).toBeUndefined();
});

const issuesOf = (schema: z.ZodType, value: unknown): string => {
  const { error } = schema.safeParse(value);
  if (error === undefined) throw new Error('it was taken');
  return plainIssues(error);
};

it('tells a sentence of ours as it is', () => {
  const schema = z.object({ id: z.string().regex(/^[0-9a-f]{16}$/, 'An error is named by 16 hexadecimal digits.') });
  expect(issuesOf(schema, { id: 'nope' })).toBe('An error is named by 16 hexadecimal digits.');
});

it('tells a sentence of the library with the name of the field, each by itself', () => {
  const schema = z.object({ filter: z.object({ id: z.string() }), size: z.number().max(5) });
  const words = issuesOf(schema, { filter: {}, size: 7 });
  expect(words).toMatch(/^filter\.id: .+\. size: .+\.$/);
  expect(words).not.toMatch(/[✖→\n]/);
});
