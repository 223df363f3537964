/** Many commits, one transaction: whatever is asked for while a commit is under way goes out together with the next one. */
import type { Commit, CommitOutcome, RunStore } from './ports/run-store.ts';

interface Waiting {
  readonly commit: Commit;
  readonly bytes: number;
  readonly resolve: (outcome: CommitOutcome) => void;
  readonly reject: (error: unknown) => void;
}

const GROUP_BYTES_MAX = 8 * 1024 * 1024;
const GROUP_COMMITS_MAX = 500;

export class GroupCommitter {
  private queue: Waiting[] = [];
  private running: Promise<void> | undefined;

  constructor(private readonly store: Pick<RunStore, 'commit'>) {}

  /** Resolves once the commit is durable, or known to be refused. Rejects when the store failed: then nothing may be acknowledged. */
  submit(commit: Commit): Promise<CommitOutcome> {
    return new Promise((resolve, reject) => {
      this.queue.push({ commit, bytes: bytesOf(commit), resolve, reject });
      this.running ??= this.run();
    });
  }

  /** Resolves when nothing is waiting any more. */
  async drain(): Promise<void> {
    while (this.running !== undefined) await this.running;
  }

  private async run(): Promise<void> {
    // One turn of the event loop lets requests that arrived together be committed together.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.queue.length > 0) await this.commit(this.takeGroup());
    this.running = undefined;
  }

  private takeGroup(): readonly Waiting[] {
    let bytes = 0;
    let count = 0;
    for (const waiting of this.queue) {
      bytes += waiting.bytes;
      if (count > 0 && (bytes > GROUP_BYTES_MAX || count === GROUP_COMMITS_MAX)) break;
      count += 1;
    }
    const group = this.queue.slice(0, count);
    this.queue = this.queue.slice(count);
    return group;
  }

  private async commit(group: readonly Waiting[]): Promise<void> {
    try {
      const outcomes = await this.store.commit(group.map(({ commit }) => commit));
      for (const [at, waiting] of group.entries()) waiting.resolve(outcomes[at] ?? 'conflict');
    } catch (error) {
      for (const waiting of group) waiting.reject(error);
    }
  }
}

function bytesOf({ writes }: Commit): number {
  let bytes = 0;
  for (const { transition, snapshot, visibility } of writes) {
    bytes += transition.events.byteLength + transition.notes.byteLength + (snapshot?.byteLength ?? 0) + (visibility?.memo?.byteLength ?? 0);
  }
  return bytes;
}
