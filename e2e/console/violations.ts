import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** What is wrong with the page for those who cannot see or point, in short. `rules` are all of axe's unless named. */
export async function violations(page: Page, rules?: readonly string[]) {
  // The other mode opens a page of its own for each analysis, for the sake of frames from elsewhere; the console has none.
  const axe = new AxeBuilder({ page }).setLegacyMode(true);
  const { violations: found } = await (rules ? axe.withRules([...rules]) : axe).analyze();
  return found.map((one) => ({ id: one.id, nodes: one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)) }));
}
