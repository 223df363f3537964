import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faultsOf } from './compatibility.mjs';

const sources = { 'a.test.ts': "it('starts a run', () => {});" };
const faults = (...rows) =>
  faultsOf(['## Behaviours', '| behaviour | tests |', '|---|---|', ...rows].join('\n'), (file) => sources[file]).map(({ text }) => text);

test('a test that exists is no fault', () => assert.deepEqual(faults('| starts | `a.test.ts`: "starts a run" |'), []));
test('a behaviour without a test is a fault', () => assert.deepEqual(faults('| starts | soon |'), ['names no test for "starts"']));
test('a behaviour that is absent needs no test', () => assert.deepEqual(faults('| starts | absent: nobody asked |'), []));
test('a file that is not there is a fault', () =>
  assert.deepEqual(faults('| starts | `b.test.ts`: "starts a run" |'), ['names b.test.ts, which does not exist']));
test('a title that is not there is a fault', () =>
  assert.deepEqual(faults('| starts | `a.test.ts`: "ends a run" |'), ['names a test that a.test.ts does not have: "ends a run"']));
