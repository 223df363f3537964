import { defineConfig } from '@playwright/test';
import { chromiumOptions } from './fixtures/chromium.ts';

/** What these count or compare would hold whatever else the machine and the engine do, was nobody else there. */
const ALONE = ['**/idle.e2e.ts', '**/import.e2e.ts'];

export default defineConfig({
  testDir: 'console',
  timeout: 60_000,
  expect: { timeout: 15_000 },
  workers: 2,
  projects: [
    { name: 'together', testMatch: '**/*.e2e.ts', testIgnore: ALONE },
    { name: 'alone', testMatch: ALONE, dependencies: ['together'], workers: 1 },
  ],
  reporter: [['list']],
  outputDir: 'test-results',
  use: {
    baseURL: process.env['TIDEMARK_CONSOLE_URL'] ?? 'http://127.0.0.1:8233',
    viewport: { width: 1440, height: 900 },
    trace: process.env['TIDEMARK_TRACE'] ? 'retain-on-failure' : 'off',
    launchOptions: chromiumOptions,
  },
});
