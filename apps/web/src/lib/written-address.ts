/**
 * What a page writes into its own address is drawn by the router a little later, and what the router draws it writes into the address once
 * more. With several writes in a row it would so put an older address back over a newer one, and the next write, which begins with what
 * stands there, would lose what was between. This knows which addresses are on their way.
 */
export class WrittenAddress {
  /** Oldest first. */
  #written: string[] = [];
  #drawn: string;

  constructor(drawn: string) {
    this.#drawn = drawn;
  }

  /** The page has written it. */
  write(href: string): void {
    this.#written.push(href);
  }

  /** The router writes what it has drawn: what is to stand there instead. */
  draw(href: string): string {
    const at = this.#written.indexOf(href);
    if (at !== -1) this.#written.splice(0, at + 1);
    // Neither written by the page nor what was drawn before: somebody has gone elsewhere.
    else if (href !== this.#drawn) this.#written = [];
    this.#drawn = href;
    return this.#written.at(-1) ?? href;
  }

  /** Another entry of the browser's history stands there now. */
  leave(href: string): void {
    this.#written = [];
    this.#drawn = href;
  }
}
