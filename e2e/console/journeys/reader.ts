/** A screen reader in the page: what is spoken when the focus moves, when something is announced, and when one reads on. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type * as guidepup from '@guidepup/virtual-screen-reader';
import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { transformSync } from 'esbuild';

/** More phrases than this between two things that belong together is out of hearing. */
const PHRASES_MAX = 120;

declare global {
  interface Window {
    readonly spokenReader: typeof guidepup;
  }
}

let script: string | undefined;
/** As a script that makes one global: the protocol puts it into the page, whose own policy of contents stays as it is. */
function readerScript(): string {
  const module = fileURLToPath(import.meta.resolve('@guidepup/virtual-screen-reader/browser.js'));
  script ??= transformSync(readFileSync(module, 'utf8'), { format: 'iife', globalName: 'spokenReader' }).code;
  return script;
}

export interface Reader {
  /** Waits until it has been spoken since it was last begun anew. */
  readonly hear: (phrase: RegExp) => Promise<void>;
  /** Forgets what was spoken so far. */
  readonly anew: () => Promise<void>;
  /** Reads on from where the reader stands, phrase by phrase, until this one; returns what was read on the way. */
  readonly readTo: (phrase: RegExp) => Promise<readonly string[]>;
  readonly spoken: () => Promise<readonly string[]>;
}

/** Begins to listen in a page that answers. */
export async function listen(page: Page): Promise<Reader> {
  await page.evaluate(readerScript());
  await page.evaluate(async () => {
    const { virtual } = window.spokenReader;
    await virtual.start({ container: document.body });
  });
  const spoken = () => page.evaluate(() => window.spokenReader.virtual.spokenPhraseLog());
  const anew = () => page.evaluate(() => window.spokenReader.virtual.clearSpokenPhraseLog());
  await anew();
  return {
    spoken,
    hear: (phrase) => expect.poll(spoken, { timeout: 30_000 }).toContainEqual(expect.stringMatching(phrase)),
    anew,
    readTo: async (phrase) => {
      await anew();
      const read = await page.evaluate(
        async ({ wanted, max }) => {
          const { virtual } = window.spokenReader;
          for (let steps = 0; steps < max && !new RegExp(wanted).test(await virtual.lastSpokenPhrase()); steps++) await virtual.next();
          return virtual.spokenPhraseLog();
        },
        { wanted: phrase.source, max: PHRASES_MAX },
      );
      expect(read.at(-1), read.join('\n')).toMatch(phrase);
      return read;
    },
  };
}
