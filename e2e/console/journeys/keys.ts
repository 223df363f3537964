/** What a hand on the keyboard does; nothing here points or clicks. */
import type { Locator, Page } from '@playwright/test';
import { answers, expect, NAMESPACE } from '../fixtures.ts';

export const press = async (page: Page, ...keys: readonly string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key);
};

/** More stops than this between two things that belong together is out of reach. */
const STOPS_MAX = 60;

/** Walks by Tab, or by Shift+Tab, until the focus is there. */
export async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await expect(target).toBeVisible();
  const isThere = () => target.evaluate((element) => element === document.activeElement);
  for (let stop = 0; stop < STOPS_MAX; stop++) {
    if (await isThere()) return;
    await page.keyboard.press(key);
  }
  await expect(target, `reached by ${STOPS_MAX} times ${key}`).toBeFocused();
}

/** The list, with what the ids of some runs have in common typed into its field; the focus is behind the field, so that keys are keys. */
export async function findInList(page: Page, fragment: string): Promise<void> {
  await page.goto(`/n/${NAMESPACE}/workflows`);
  await expect(page.getByRole('grid', { name: 'Workflows' })).toBeVisible();
  await answers(page);
  await press(page, '/');
  await page.keyboard.type(fragment);
  await expect(page.locator('tr[data-row]').first()).toContainText(fragment, { timeout: 20_000 });
  await press(page, 'Tab');
}

/** From the list to the one run whose id has the fragment in it. */
export async function openFromList(page: Page, fragment: string, workflowId = fragment): Promise<void> {
  await findInList(page, fragment);
  await openRow(page, workflowId);
}

/** Opens the only row of the list. */
export async function openRow(page: Page, workflowId: string): Promise<void> {
  await expect(page.locator('tr[data-row]')).toHaveCount(1);
  await press(page, 'j');
  await expect(page.locator('tr[data-row]')).toBeFocused();
  await press(page, 'Enter');
  await expect(page.getByRole('heading', { name: workflowId, level: 1 })).toBeVisible();
}

export const clipboard = (page: Page): Promise<string> => page.evaluate(() => navigator.clipboard.readText());
