import { describe, expect, it } from 'vitest';
import type { FailureChain } from './fingerprint.ts';
import { fingerprintOf, templateOf } from './fingerprint.ts';
import { topFrame } from './stack-frame.ts';

const error = (message: string, more: Partial<FailureChain> = {}): FailureChain => ({ type: 'Error', message, ...more });
const idOf = (failure: FailureChain, where = 'chargeCard') => fingerprintOf(failure, where).id;
const node = (line: number, name = 'charge', file = '/srv/app/dist/payments/charge.js') =>
  `Error: x\n    at Socket.emit (node:events:520:28)\n    at send (/srv/app/node_modules/undici/lib/core.js:9:1)\n    at ${name} (${file}:${line}:11)`;

describe('one error under many messages', () => {
  const same: readonly (readonly [string, FailureChain, FailureChain])[] = [
    ['numbers', error('timed out after 5204 ms'), error('timed out after 31 ms')],
    ['numbers with a unit', error('timed out after 5204ms'), error('timed out after 31ms')],
    ['decimals and thousands', error('balance 1 284.60 is below 41.90'), error('balance 7.10 is below 1,000.00')],
    ['order ids', error('order ord-8812 was not found'), error('order ord-17 was not found')],
    ['uuids', error('no run 0198a4b1-7c2e-4c2e-8c2e-c2e17c2e0001'), error('no run 7f3c2b10-1111-4222-8333-444455556666')],
    ['hex', error('object 65f1c0ffee9a is locked'), error('object 0a1b2c3d4e5f is locked')],
    ['pointers', error('bad access at 0xdeadbeef'), error('bad access at 0x10')],
    ['double quotes', error('unknown country "DE"'), error('unknown country "a much longer name"')],
    ['single quotes', error("column 'a' does not exist"), error("column 'b' does not exist")],
    ['back quotes', error('table `orders` is gone'), error('table `refunds` is gone')],
    ['times', error('lease ended at 2026-11-21T14:03:02.123Z'), error('lease ended at 2024-01-02T00:00:00Z')],
    ['addresses', error('connect ECONNREFUSED 10.0.0.7:5432'), error('connect ECONNREFUSED 10.0.1.19:5433')],
    ['mail addresses', error('no such mailbox r.osei@example.com'), error('no such mailbox d@example.org')],
    ['queries', error('GET https://api.internal/v2/rates?day=1 failed'), error('GET https://api.internal/v2/rates?day=31&x=a failed')],
    ['later lines', error('broken\nat 12:00'), error('broken\nat 13:00')],
    ['lines of one function', error('x', { stack: node(41) }), error('x', { stack: node(57) })],
    [
      'the object a function was called through',
      error('x', { stack: node(41, 'Object.charge [as run]') }),
      error('x', { stack: node(41, 'charge') }),
    ],
    ['what wraps it', error('Activity task failed', { type: 'ActivityError', cause: error('no') }), error('no')],
  ];
  it.each(same)('%s', (_, one, other) => expect(idOf(one)).toBe(idOf(other)));
});

describe('different errors', () => {
  const different: readonly (readonly [string, FailureChain, FailureChain])[] = [
    ['types', error('no', { type: 'CardDeclined' }), error('no', { type: 'GatewayError' })],
    ['words', error('the card was declined'), error('the card has expired')],
    ['status codes', error('Request failed with status code 404'), error('Request failed with status code 500')],
    ['status codes that come first', error('502: upstream'), error('404: upstream')],
    ['error codes', error('E11000 on orders'), error('E20 on orders')],
    ['versions of an interface', error('POST /v1/charges answered badly'), error('POST /v2/charges answered badly')],
    ['functions', error('x', { stack: node(41, 'charge') }), error('x', { stack: node(41, 'refund') })],
    ['files', error('x', { stack: node(41, 'run', '/a/charge.js') }), error('x', { stack: node(41, 'run', '/a/refund.js') })],
  ];
  it.each(different)('%s', (_, one, other) => expect(idOf(one)).not.toBe(idOf(other)));

  it('keeps timeouts of different activities apart, which have no stack', () => {
    const timeout = error('activity StartToClose timeout', { type: 'Timeout' });
    expect(idOf(timeout, 'chargeCard')).not.toBe(idOf(timeout, 'sendMail'));
  });
});

describe('the message without what varies', () => {
  it.each([
    [
      '502 Bad Gateway: POST https://pay-gw.internal/v2/charges answered 502 after 5 204 ms',
      '502 Bad Gateway: POST https://pay-gw.internal/v2/charges answered # after # ms',
    ],
    [
      '[TMPRL1100] Task 2: history scheduled activity "fraudScore", but the code started timer "settle" instead.',
      '[TMPRL1100] Task #: history scheduled activity “…”, but the code started timer “…” instead.',
    ],
    ["Cannot read properties of undefined (reading 'total')", 'Cannot read properties of undefined (reading “…”)'],
    ["can't reach ord-8812, it isn't there", "can't reach …, it isn't there"],
    ['Ungültige Nummer 12 für Köln-5', 'Ungültige Nummer # für …'],
    ['', ''],
  ])('%s', (message, template) => expect(templateOf(message)).toBe(template));

  it('reads a message of any length in no time', () => {
    expect(templateOf('a-1'.repeat(100_000)).length).toBeLessThanOrEqual(300);
    expect(templateOf(`"${"\\'".repeat(50_000)}`).length).toBeLessThanOrEqual(300);
  });
});

describe('the first frame of the author', () => {
  it.each([
    ['JavaScript', node(41), 'charge', '/srv/app/dist/payments/charge.js', 41],
    ['an arrow in a module', 'Error: x\n    at file:///srv/app/order.ts:88:3', '', '/srv/app/order.ts', 88],
    [
      'Python',
      'Traceback:\n  File "/app/worker.py", line 9, in run\n  File "/usr/lib/python3/site-packages/httpx.py", line 3, in send\n  File "/app/pay.py", line 41, in charge\n    raise X',
      'charge',
      '/app/pay.py',
      41,
    ],
    [
      'Java',
      'io.acme.Declined: no\n\tat io.temporal.internal.A.run(A.java:3)\n\tat io.acme.Pay.charge(Pay.java:41)',
      'io.acme.Pay.charge',
      'Pay.java',
      41,
    ],
    ['Go', 'goroutine 7 [running]:\nacme/pay.Charge(0x1)\n\t/src/pay/charge.go:41 +0x1d', 'acme/pay.Charge', '/src/pay/charge.go', 41],
    ['.NET', '   at Acme.Pay.Charge(String id) in /src/Pay.cs:line 41', 'Acme.Pay.Charge', '/src/Pay.cs', 41],
  ])('%s', (_, stack, name, file, line) => expect(topFrame(stack)).toEqual({ name, file, line }));

  it('is nothing when only libraries were on the stack', () => {
    expect(topFrame('Error\n    at Socket.emit (node:events:520:28)\n    at f (/a/node_modules/b/c.js:1:1)')).toBeUndefined();
  });
});
