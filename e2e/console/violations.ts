import type { Page } from '@playwright/test';
import axe from 'axe-core';

interface Scope {
  /** All of axe's unless named. */
  readonly rules?: readonly string[];
  /** A selector: what is around it is not looked at. */
  readonly within?: string;
}

/** What is wrong with the page for those who cannot see or point, in short. */
export async function violations(page: Page, { rules, within }: Scope = {}) {
  // Once for each document: to read the half megabyte costs as much as to run it.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  return page.evaluate(
    async ([only, selector]) => {
      // Colours on their way from one theme to the other are nobody's choice.
      const passing = document.getAnimations().filter((one) => one instanceof CSSTransition && one.playState === 'running');
      await Promise.allSettled(passing.map((one) => one.finished));
      const { axe: here } = window as unknown as { axe: typeof axe };
      // What passed is not counted up: that takes longer than to find what did not.
      const options = { resultTypes: ['violations' as const], ...(only === undefined ? {} : { runOnly: only }) };
      const { violations: found } = await here.run(selector ?? document, options);
      return found.map((one) => ({ id: one.id, nodes: one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)) }));
    },
    [rules && [...rules], within] as const,
  );
}
