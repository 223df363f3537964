/** What every page looks like. */
import { expect } from '@playwright/test';
import { pages } from './pages.ts';
import { open, picture, runPath, settle, test } from './stage.ts';

for (const { name, path, run, heading, prepare, looks } of pages) {
  test(name, { tag: looks.map((look) => `@${look}`) }, async ({ stage, connection }) => {
    await open(stage, run === undefined ? path : `${await runPath(connection, run)}${path}`);
    await expect(stage.getByRole('heading', { level: 1, ...(heading === undefined ? {} : { name: heading }) })).toBeVisible();
    await settle(stage);
    await prepare?.(stage);
    await picture(stage, name);
  });
}
