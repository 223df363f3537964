import { describe, expect, it } from 'vitest';
import { fileNameOf, hexRows, lookAt } from './payload-look.ts';

const text = new TextEncoder();
const payload = (encoding: string, data: string | Uint8Array, metadata: Record<string, string> = {}) => {
  const bytes = typeof data === 'string' ? text.encode(data) : data;
  return { metadata: { encoding, ...metadata }, data: bytes, bytes: bytes.length };
};
const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0]);

describe('how a payload can be looked at', () => {
  it('keeps the digits of numbers', () => {
    expect(lookAt(payload('json/plain', '{"id":9007199254740993,"price":41.90}'))).toMatchObject({
      kind: 'json',
      text: '{\n  "id": 9007199254740993,\n  "price": 41.90\n}',
    });
  });

  it.each([
    ['binary/null', '', { kind: 'nothing' }],
    ['json/plain', '{"a":', { kind: 'text', text: '{"a":' }],
    ['binary/plain', 'hello', { kind: 'text', text: 'hello' }],
    ['binary/plain', PNG, { kind: 'image', mime: 'image/png' }],
    ['binary/plain', new Uint8Array([0, 1, 2]), { kind: 'opaque', why: 'Bytes that are no text.' }],
    ['binary/encrypted', 'x', { kind: 'opaque', why: 'Encrypted.' }],
    ['binary/zlib', 'x', { kind: 'opaque', why: 'Encoded as binary/zlib.' }],
  ] as const)('%s', (encoding, data, look) => expect(lookAt(payload(encoding, data))).toEqual(look));

  it('goes by what the author says', () => {
    expect(lookAt(payload('binary/plain', '# Hi', { mime: 'text/markdown; charset=utf-8' }))).toEqual({ kind: 'markdown', text: '# Hi' });
    expect(lookAt(payload('json/plain', '"# Hi"', { 'content-type': 'text/markdown' }))).toEqual({ kind: 'markdown', text: '# Hi' });
    expect(lookAt(payload('binary/protobuf', 'x', { messageType: 'shop.Order' }))).toEqual({
      kind: 'opaque',
      why: 'A protobuf message shop.Order, in its binary form.',
    });
  });

  it('shows markup as text, whatever it is called', () => {
    expect(lookAt(payload('binary/plain', '<img src=x onerror=alert(1)>', { mime: 'text/html' })).kind).toBe('text');
    expect(lookAt(payload('binary/plain', '<svg onload=alert(1)>', { mime: 'image/svg+xml' })).kind).toBe('text');
  });

  it('shows the beginning of what is cut as text', () => {
    expect(lookAt({ ...payload('json/plain', '{"a":"b'), bytes: 900_000 })).toEqual({ kind: 'text', text: '{"a":"b' });
  });

  it('writes bytes as rows, and names files', () => {
    expect(hexRows(text.encode('{"a": "ä"}'), 1)).toBe('00000000  7b 22 61 22 3a 20 22 c3 a4 22 7d                 {"a": ".."}');
    expect([fileNameOf(payload('json/plain', '1'), 'Input 2'), fileNameOf(payload('binary/plain', PNG), 'Result')]).toEqual([
      'input-2.json',
      'result.png',
    ]);
  });
});
