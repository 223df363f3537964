/** One page for all of these tests: what a visit costs is mostly the first load of the scripts, and nothing here depends on what was open before. */
import type { Locator, Page } from '@playwright/test';
import { expect, test as base } from '../fixtures.ts';
import { violations } from '../violations.ts';

export const test = base.extend<object, { readonly visited: Page }>({
  visited: [
    async ({ browser }, use, { project }) => {
      const { baseURL, viewport } = project.use;
      const context = await browser.newContext({
        ...(baseURL ? { baseURL } : {}),
        ...(viewport ? { viewport } : {}),
        reducedMotion: 'reduce',
      });
      await use(await context.newPage());
      await context.close();
    },
    { scope: 'worker' },
  ],
});

/** Nothing is wrong in either theme; of what axe looks at, the theme changes the colours alone. All faults of a test are told together. */
export async function expectWell(page: Page, what: string, within?: string): Promise<void> {
  const scope = within === undefined ? {} : { within };
  await page.emulateMedia({ colorScheme: 'light' });
  expect.soft(await violations(page, scope), `${what}, light`).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect.soft(await violations(page, { ...scope, rules: ['color-contrast'] }), `${what}, dark`).toEqual([]);
}

/** Opens a page, waits for what it shows, and looks at all of it. */
export async function expectPageWell(page: Page, path: string, content: Locator): Promise<void> {
  await page.goto(path);
  await expect(content, path).toBeVisible({ timeout: 20_000 });
  await expectWell(page, path);
}

export type Popup = 'dialog' | 'menu';

/** What lies over the page is looked at alone, and closed by the key that closes everything. */
export async function expectPopupWell(page: Page, opener: Locator | (() => Promise<unknown>), role: Popup = 'dialog'): Promise<void> {
  await (typeof opener === 'function' ? opener() : opener.click());
  const popup = page.getByRole(role);
  await expect(popup).toBeVisible();
  await expectWell(page, `${role} ${(await popup.textContent())?.slice(0, 60) ?? ''}`, `[role="${role}"]`);
  await page.keyboard.press('Escape');
  await expect(popup).toBeHidden();
}
