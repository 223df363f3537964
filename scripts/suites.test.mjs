/** A runner that breaks must never look like one that passed. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runSuites, sayTotal } from './suites.mjs';

const node = (code, report, more = {}) => ({ name: 'planted', command: process.execPath, args: ['-e', code], report, ...more });

/** What runs inside here is not to be read as results of this very run. */
async function silently(work) {
  const { log } = console;
  const said = [];
  console.log = (line) => said.push(line);
  try {
    return { result: await work(), said };
  } finally {
    console.log = log;
  }
}

const planted = [
  ['a check that succeeds', node('', 'exit'), { passed: 1, failed: 0 }],
  ['a check that fails', node('process.exit(3)', 'exit'), { passed: 0, failed: 1 }],
  ['a command that does not exist', { name: 'planted', command: 'no-such-runner', args: [], report: 'vitest' }, { passed: 0, failed: 1 }],
  ['a runner that is killed', node('process.kill(process.pid, "SIGKILL")', 'line'), { passed: 0, failed: 1 }],
  ['a runner that leaves no report', node('', 'vitest'), { passed: 0, failed: 1 }],
  ['a runner without a single test', node('console.log("0 passed, 0 failed")', 'line'), { passed: 0, failed: 1 }],
  ['a line of results', node('console.log("7 passed, 0 failed")', 'line'), { passed: 7, failed: 0 }],
  ['failed tests', node('console.log("7 passed, 2 failed"); process.exit(1)', 'line'), { passed: 7, failed: 2 }],
  [
    'all tests passed and a failure all the same',
    node('console.log("7 passed, 0 failed"); process.exit(1)', 'line'),
    { passed: 7, failed: 1 },
  ],
  ['a runner that never ends', node('setInterval(() => {}, 1000)', 'line', { timeoutMs: 300 }), { passed: 0, failed: 1 }],
  [
    'results of node’s own runner',
    node('console.log("# pass 4\\n# fail 1\\n# skipped 0"); process.exit(1)', 'tap'),
    { passed: 4, failed: 1 },
  ],
];
for (const [name, suite, expected] of planted) {
  test(name, async () => {
    const { result } = await silently(() => runSuites([suite], { quiet: true }));
    assert.deepEqual({ passed: result.passed, failed: result.failed }, expected);
  });
}

test('a browser test that passed only when it was run again is told by its name', async () => {
  const spec = { file: 'list.e2e.ts', title: 'finds a run', tests: [{ status: 'flaky' }] };
  const report = { stats: { expected: 3, flaky: 1, unexpected: 0, skipped: 0 }, errors: [], suites: [{ suites: [{ specs: [spec] }] }] };
  const code = `require('fs').writeFileSync(process.env.PLAYWRIGHT_JSON_OUTPUT_NAME, ${JSON.stringify(JSON.stringify(report))})`;
  const { result, said } = await silently(() => runSuites([node(code, 'playwright', { args: ['-e', code, '--'] })]));
  assert.deepEqual(result, { passed: 4, failed: 0, skipped: 0 });
  assert.match(said.join('\n'), /AGAIN .*: list\.e2e\.ts › finds a run/);
});

// What holds the runner's output open holds up the whole run, so that this ends at all is what it shows.
test('nothing that a runner started outlives its time', { timeout: 20_000 }, async () => {
  const orphan = 'require("child_process").spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "inherit" })';
  const suite = node(`${orphan}; setInterval(() => {}, 1000)`, 'line', { timeoutMs: 700 });
  const { result } = await silently(() => runSuites([suite]));
  assert.equal(result.failed, 1);
});

test('the last line is the sum, and the exit code goes with it', async () => {
  const counts = [
    { passed: 3, failed: 0, skipped: 1 },
    { passed: 4, failed: 2, skipped: 0 },
  ];
  const { result, said } = await silently(() => sayTotal(counts));
  assert.equal(said.at(-1), '7 passed, 2 failed');
  assert.equal(result, 1);
  assert.equal((await silently(() => sayTotal([{ passed: 1, failed: 0, skipped: 0 }]))).result, 0);
});
