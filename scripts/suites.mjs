/** Runs suites and adds up what they report. Nothing that should have run and did not is ever counted as passed. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './root.mjs';

const reports = mkdtempSync(join(tmpdir(), 'tidemark-test-'));

/** Counts of a vitest or jest-like JSON report. */
function countVitest(file) {
  const report = JSON.parse(readFileSync(file, 'utf8'));
  // A file that could not be loaded has no tests of its own to fail.
  const broken = report.testResults.filter((one) => one.status === 'failed' && one.assertionResults.length === 0).length;
  return { passed: report.numPassedTests, failed: report.numFailedTests + broken, skipped: report.numPendingTests + report.numTodoTests };
}

function countPlaywright(file) {
  const { stats, errors, suites } = JSON.parse(readFileSync(file, 'utf8'));
  // Told by name, for each of them is a fault that waits for somebody.
  for (const name of flakyIn(suites)) console.log(`AGAIN  passed only when it was run again: ${name}`);
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected + errors.length, skipped: stats.skipped };
}

function flakyIn(suites) {
  return suites.flatMap(({ specs = [], suites: inner = [] }) => [
    ...specs.filter(({ tests }) => tests.some(({ status }) => status === 'flaky')).map(({ file, title }) => `${file} › ${title}`),
    ...flakyIn(inner),
  ]);
}

/** The last line of the form `N passed, N failed`. */
function countLine(output) {
  const lines = [...output.matchAll(/^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/gm)];
  const last = lines.at(-1);
  return last && { passed: Number(last[1]), failed: Number(last[2]), skipped: Number(last[3] ?? 0) };
}

/** TAP of node's own test runner. */
function countTap(output) {
  const value = (name) => Number(new RegExp(`^# ${name} (\\d+)$`, 'm').exec(output)?.[1] ?? Number.NaN);
  const counts = { passed: value('pass'), failed: value('fail'), skipped: value('skipped') };
  return Number.isNaN(counts.passed) ? undefined : counts;
}

/** Says the sum as the last line, in the one form that CI reads, and returns the exit code that goes with it. */
export function sayTotal(counts) {
  const sum = (key) => counts.reduce((total, one) => total + one[key], 0);
  if (sum('skipped') > 0) console.log(`${sum('skipped')} skipped`);
  console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
  return sum('failed') === 0 ? 0 : 1;
}

/**
 * A suite: `command` and `args` in `cwd`; `report` says how its results are read: `vitest`, `playwright`, `tap`, `line`, or `exit` for a check
 * that is one test by itself. With `atOnce` so many run beside each other, and begin in the order in which they are given.
 */
export async function runSuites(suites, { quiet = false, atOnce = 1 } = {}) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  const waiting = [...suites];
  const work = async () => {
    for (let suite = waiting.shift(); suite !== undefined; suite = waiting.shift()) await run(suite);
  };
  const run = async (suite) => {
    const begun = Date.now();
    const counts = await runSuite(suite, quiet);
    for (const key of Object.keys(total)) total[key] += counts[key];
    const seconds = ((Date.now() - begun) / 1000).toFixed(1).padStart(6);
    console.log(
      `${counts.failed === 0 ? 'ok  ' : 'FAIL'} ${seconds} s  ${suite.name.padEnd(34)} ${counts.passed} passed, ${counts.failed} failed${counts.skipped ? `, ${counts.skipped} skipped` : ''}`,
    );
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return total;
}

async function runSuite(suite, quiet) {
  const file = join(reports, `${suite.name.replaceAll(/\W+/g, '-')}.json`);
  const extra =
    {
      vitest: ['--reporter=json', `--outputFile=${file}`, ...(quiet ? [] : ['--reporter=dot'])],
      playwright: ['--reporter=json'],
    }[suite.report] ?? [];
  const env = { ...process.env, ...suite.env, ...(suite.report === 'playwright' ? { PLAYWRIGHT_JSON_OUTPUT_NAME: file } : {}) };
  const { code, output } = await spawned(suite.command, [...suite.args, ...extra], {
    cwd: join(root, suite.cwd ?? '.'),
    env,
    timeoutMs: suite.timeoutMs ?? 10 * 60_000,
  });
  const counts = read(suite, { file, output, code });
  const isBroken = counts === undefined || (counts.passed === 0 && counts.failed === 0);
  const result = isBroken ? { passed: 0, failed: 1, skipped: 0 } : counts;
  // A runner that fails without naming a failed test has failed all the same.
  if (code !== 0 && result.failed === 0) result.failed = 1;
  if (result.failed > 0) console.log(output.slice(-20_000));
  return result;
}

function read(suite, { file, output, code }) {
  try {
    if (suite.report === 'vitest') return existsSync(file) ? countVitest(file) : undefined;
    if (suite.report === 'playwright') return existsSync(file) ? countPlaywright(file) : undefined;
  } catch {
    return undefined;
  }
  if (suite.report === 'tap') return countTap(output);
  if (suite.report === 'line') return countLine(output);
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
}

/** In a group of its own, so that nothing a runner started outlives it. */
function spawned(command, args, { cwd, env, timeoutMs }) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    let output = '';
    const take = (chunk) => {
      output += chunk;
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    const endGroup = () => {
      try {
        if (child.pid) process.kill(-child.pid, 'SIGKILL');
      } catch {
        // All of them have ended already.
      }
    };
    // Each of those that run side by side ends its own.
    const interrupt = () => process.exit(130);
    process.once('SIGINT', interrupt).once('SIGTERM', interrupt).once('exit', endGroup);
    const timer = setTimeout(() => {
      take(`\ncut off after ${timeoutMs / 1000} s\n`);
      endGroup();
    }, timeoutMs);
    const end = (code) => {
      clearTimeout(timer);
      process.off('SIGINT', interrupt).off('SIGTERM', interrupt).off('exit', endGroup);
      resolve({ code: code ?? 1, output });
    };
    child.on('error', (error) => {
      take(error.message);
      end(1);
    });
    child.on('close', end);
  });
}
