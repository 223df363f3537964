/** What is said of code that is fetched when it is reached for, and did not come. */

/** A part of the page that could not be fetched. Nothing broke: asked for again, it may come. */
export class NotLoaded extends Error {
  override readonly name = 'NotLoaded';
  /** How the part is called in a sentence; nothing for what nobody asked for. */
  readonly what: string | undefined;

  constructor(what: string | undefined, cause: unknown) {
    super(`${what ?? 'A part of the page'} could not be loaded.`, { cause });
    this.what = what;
  }
}

/** Also what the loader of Next's own parts throws. */
export const isNotLoaded = (error: Error): boolean => error instanceof NotLoaded || error.name === 'ChunkLoadError';

/** Whether the console answers at all. */
export const doesAnswer = (): Promise<boolean> =>
  fetch('/icon.svg', { method: 'HEAD', cache: 'no-store' }).then(
    () => true,
    () => false,
  );

/** The whole sentence, with the cause as far as it can be known from here. */
export const whyNotLoaded = async (what: string): Promise<string> =>
  `${what} could not be loaded${(await doesAnswer()) ? '. Try again, or load the page anew.' : ': the console does not answer. Try again.'}`;
