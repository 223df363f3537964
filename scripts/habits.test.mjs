/** Plants a breach of each habit and sees it reported. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faultsOf } from './habits.mjs';

const model = 'apps/engine/src/history/model/a.ts';
const unit = 'apps/engine/src/history/a.test.ts';
const plain = 'apps/engine/src/history/a.ts';

const planted = [
  ['a model reads the clock', model, 'export const at = () => new Date();', /use env\.now/],
  ['a model waits', model, 'export async function decide() {}', /no async functions/],
  ['a model waits in an arrow', model, 'export const decide = async () => 1;', /no async functions/],
  ['a test sleeps', unit, 'await new Promise((resolve) => setTimeout(resolve, 50));', /does not sleep/],
  ['a test sleeps by another name', unit, "import { setTimeout as pause } from 'node:timers/promises';\nawait pause(5);", /does not sleep/],
  ['a module is mocked', unit, "vi.mock('./b.ts');", /modules are not mocked/],
  ['everything is exported', plain, "export * from './b.ts';", /no "export \*"/],
  ['a rule is switched off', plain, 'const a = 1;\nexport const b = a; // oxlint-disable-line no-console', /without a reason/],
  ['a type error is silenced', plain, 'const a = 1;\n// @ts-ignore\nexport const b = a;', /without a reason/],
];
for (const [name, path, code, expected] of planted) {
  test(name, () => {
    const faults = faultsOf(path, code);
    assert.equal(faults.length, 1, JSON.stringify(faults));
    assert.match(faults[0].text, expected);
    assert.equal(faults[0].line, code.split('\n').length > 1 ? 2 : 1);
  });
}

test('what is allowed is no fault', () => {
  assert.deepEqual(faultsOf(model, 'export const at = (ms: number) => new Date(ms).toISOString();'), []);
  assert.deepEqual(faultsOf(plain, 'export const at = async () => new Date();'), []);
  const asking = 'for (;;) { if (await seen()) break; await new Promise((resolve) => setTimeout(resolve, 5)); }';
  assert.deepEqual(faultsOf(unit, asking), []);
  assert.deepEqual(faultsOf(unit, 'const timer = setTimeout(() => stop(), 50); clearTimeout(timer);'), []);
  assert.deepEqual(faultsOf(plain, '// oxlint-disable-next-line no-console -- the command line speaks to people\nconsole.log(1);'), []);
  assert.deepEqual(
    faultsOf(plain, '// Any class will do.\n// oxlint-disable-next-line typescript/no-explicit-any\nexport type A = any;'),
    [],
  );
});
