/**
 * Stands for the package `long` in the console, by an alias of the bundler: 64-bit integers of the protocol that all stay below 2^53. The
 * package reckons in WebAssembly, which the policy of the pages does not let in.
 */
class PlainLong {
  constructor(private readonly value: number) {}

  static fromNumber(value: number): PlainLong {
    return new PlainLong(Math.trunc(value));
  }

  toNumber(): number {
    return this.value;
  }

  toString(): string {
    return String(this.value);
  }
}

// oxlint-disable-next-line import/no-default-export -- the package exports it so
export default PlainLong;
