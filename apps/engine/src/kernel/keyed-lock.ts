/** One holder per key, first come first served. */
export class KeyedLock {
  private readonly tails = new Map<string, Promise<unknown>>();

  run<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
    const before = this.tails.get(key);
    const mine = before === undefined ? work() : before.then(work, work);
    this.tails.set(key, mine);
    const release = (): void => {
      if (this.tails.get(key) === mine) this.tails.delete(key);
    };
    mine.then(release, release);
    return mine;
  }
}
