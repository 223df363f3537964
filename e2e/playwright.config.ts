import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';

/** A browser of the system serves where Playwright's own cannot be fetched. */
const system = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path));
const executablePath = process.env['TIDEMARK_CHROMIUM'] ?? system;

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
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
  },
});
