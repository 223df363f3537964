/** Measures what the console promises. Runs against an engine that serves the generated fixtures: see `scripts/bench-web.mjs`. */
import { cpus, loadavg } from 'node:os';
import { chromium } from '@playwright/test';
import { chromiumOptions } from '../fixtures/chromium.ts';
import { SLOWER } from './browser.ts';
import type { Measured } from './budget.ts';
import { isMet, measured, tableOf } from './budget.ts';
import { idleBudgets, journeyBudgets, weightBudgets } from './journey-budgets.ts';
import { listBudgets } from './list-budgets.ts';
import { liveBudgets } from './live-budgets.ts';
import { replayBudgets } from './replay-budgets.ts';
import { runBudgets } from './run-budgets.ts';
import type { Target } from './target.ts';

const target: Target = {
  consoleUrl: process.env['TIDEMARK_CONSOLE_URL'] ?? 'http://127.0.0.1:8233',
  address: process.env['TIDEMARK_ADDRESS'] ?? '127.0.0.1:7233',
  httpUrl: process.env['TIDEMARK_HTTP_URL'] ?? 'http://127.0.0.1:7243',
  count: Number(process.env['TIDEMARK_BENCH_RUNS'] ?? 1_000_000),
};
const groups = {
  weight: weightBudgets,
  list: listBudgets,
  run: runBudgets,
  replay: replayBudgets,
  journey: journeyBudgets,
  live: liveBudgets,
  idle: idleBudgets,
};
const wanted = process.argv.slice(2);

const browser = await chromium.launch(chromiumOptions);
const all: Measured[] = [];
const loads = [loadavg()[0] ?? 0];
for (const [name, measure] of Object.entries(groups)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const rows = await measured(name, () => measure(browser, target));
  all.push(...rows);
  // What was measured is seen while the rest is under way.
  for (const line of tableOf(rows).slice(0, -1)) console.error(line);
  loads.push(loadavg()[0] ?? 0);
}
await browser.close();
console.log(
  `${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, load ${loads.map((one) => one.toFixed(1)).join(' → ')}, Chromium ${SLOWER}× slower, ${target.count} runs`,
);
for (const line of tableOf(all)) console.log(line);
process.exitCode = all.every(isMet) ? 0 : 1;
