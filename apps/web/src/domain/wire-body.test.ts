import { expect, it } from 'vitest';
import { payloadsIn, readExact } from './wire-payload.ts';
import { wireBody } from './wire-body.ts';

it('finds the payloads of an event that was written with plain values', () => {
  const attributes = {
    workflowType: { name: 'Order' },
    input: [{ orderId: '8809' }, null],
    memo: { fields: { note: 'hi' } },
    details: { data: [1], result: { payloads: [{ metadata: { encoding: btoa('json/plain') }, data: btoa('2') }] } },
    failure: { message: 'no', applicationFailureInfo: { type: 'X', details: ['why'] } },
  };
  const wire = wireBody(attributes);
  expect(payloadsIn(wire).map(({ name }) => name)).toEqual([
    'input 1',
    'input 2',
    'memo, note',
    'details, data',
    'details, result',
    'failure, details',
  ]);
  expect(JSON.parse(JSON.stringify(readExact(wire)))).toMatchObject({
    workflowType: { name: 'Order' },
    failure: { message: 'no', applicationFailureInfo: { type: 'X', details: ['why'] } },
  });
});
