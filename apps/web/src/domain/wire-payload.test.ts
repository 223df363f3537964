import { describe, expect, it } from 'vitest';
import { stringifyExact } from '../lib/exact-json.ts';
import { asWire, encodingOf, listOf, payloadsIn, readExact, toBox } from './wire-payload.ts';

const json = (text: string) => ({ metadata: { encoding: btoa('json/plain') }, data: btoa(text) });
const sealed = { metadata: { encoding: btoa('binary/encrypted') }, data: btoa('xyz') };

describe('payloads of an event', () => {
  const attributes = {
    activityId: '7',
    input: { payloads: [json('{"id":9007199254740993}'), json('41.90')] },
    header: { fields: { trace: json('"t"') } },
    failure: { message: 'no', cause: { applicationFailureInfo: { details: { payloads: [sealed] } } } },
  };

  it('are found and named by where they stand', () => {
    expect(payloadsIn(attributes).map(({ name }) => name)).toEqual(['input 1', 'input 2', 'header, trace', 'failure, cause, details']);
  });

  it('are read without rounding, and named where they cannot be', () => {
    expect(stringifyExact(readExact(attributes), 0)).toBe(
      '{"activityId":"7","input":[{"id":9007199254740993},41.90],"header":{"fields":{"trace":"t"}},' +
        '"failure":{"message":"no","cause":{"applicationFailureInfo":{"details":[{"$payload":"binary/encrypted","bytes":3}]}}}}',
    );
  });
});

describe('a value in any form', () => {
  it('is one payload of the wire', () => {
    expect(asWire(sealed)).toBe(sealed);
    expect(new TextDecoder().decode(toBox(asWire({ a: 1 })).data)).toBe('{"a":1}');
    expect(encodingOf(asWire(null))).toBe('binary/null');
    expect(toBox(asWire({ $payload: 'json/plain', bytes: 70_000 }))).toMatchObject({ bytes: 70_000, metadata: { encoding: 'json/plain' } });
  });

  it('is a list where a field holds several', () => {
    expect([listOf({ payloads: [sealed] }).length, listOf([1, 2]).length, listOf(undefined).length, listOf('x').length]).toEqual([
      1, 2, 0, 1,
    ]);
  });
});
