import { defineConfig } from '@playwright/test';
import { chromiumOptions } from './fixtures/chromium.ts';

export default defineConfig({
  testDir: 'console',
  testMatch: '**/*.e2e.ts',
  timeout: 60_000,
  expect: { timeout: 15_000 },
  workers: 1,
  reporter: [['list']],
  outputDir: 'test-results',
  use: {
    baseURL: process.env['TIDEMARK_CONSOLE_URL'] ?? 'http://127.0.0.1:8233',
    viewport: { width: 1440, height: 900 },
    trace: process.env['TIDEMARK_TRACE'] ? 'retain-on-failure' : 'off',
    launchOptions: chromiumOptions,
  },
});
