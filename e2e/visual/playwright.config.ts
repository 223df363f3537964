import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';
import base from '../playwright.config.ts';

const wide = { width: 1280, height: 800 };
const phone = { width: 390, height: 844 };

/** One project for each way to look at a page; the tests say by their tags which ways they are looked at. */
export default defineConfig({
  ...base,
  testDir: '.',
  testMatch: '*.visual.ts',
  outputDir: '../test-results/visual',
  timeout: 45_000,
  retries: 0,
  workers: 2,
  fullyParallel: true,
  snapshotPathTemplate: '{testDir}/baselines/{projectName}/{arg}{ext}',
  // Without `npm run visual -- --update` a picture that is missing is a failure, not a new picture.
  updateSnapshots: 'none',
  expect: {
    timeout: 15_000,
    toHaveScreenshot: {
      maxDiffPixelRatio: 0.01,
      animations: 'disabled',
      caret: 'hide',
      scale: 'css',
      stylePath: fileURLToPath(new URL('still.css', import.meta.url)),
    },
  },
  use: { ...base.use, locale: 'en-GB', timezoneId: 'UTC', contextOptions: { reducedMotion: 'reduce' } },
  projects: [
    { name: 'light', grep: /@light/, use: { viewport: wide, colorScheme: 'light' } },
    { name: 'dark', grep: /@dark/, use: { viewport: wide, colorScheme: 'dark' } },
    { name: 'compact', grep: /@compact/, use: { viewport: wide, colorScheme: 'light' } },
    // Colours of the system's own choice, as people with low vision set them.
    {
      name: 'forced',
      grep: /@forced/,
      use: { viewport: wide, colorScheme: 'light', contextOptions: { reducedMotion: 'reduce', forcedColors: 'active' } },
    },
    { name: 'phone', grep: /@phone(?!-)/, use: { viewport: phone, colorScheme: 'light', hasTouch: true } },
    { name: 'phone-dark', grep: /@phone-dark/, use: { viewport: phone, colorScheme: 'dark', hasTouch: true } },
  ],
});
