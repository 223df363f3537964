/**
 * Asks a codec server for what payloads hold: each payload once, in batches, a few at a time. What it answered is kept until newer
 * answers need the room; what failed is not asked again until somebody says so.
 */
import type { WirePayload } from '../domain/wire-payload.ts';

const BATCH_MAX = 500;
const CONCURRENT_MAX = 4;
const KEPT_MAX = 2_000;
const KEPT_CHARS_MAX = 32_000_000;

export type Post = (payloads: readonly WirePayload[]) => Promise<readonly WirePayload[]>;

export interface CodecTrouble {
  /** Of HTTP; undefined when there was no answer at all. */
  readonly status: number | undefined;
  readonly message: string;
}

export class CodecError extends Error {
  override readonly name = 'CodecError';
  readonly status: number | undefined;

  constructor(message: string, status?: number) {
    super(message);
    this.status = status;
  }
}

const keyOf = ({ metadata, data }: WirePayload): string => JSON.stringify([metadata, data]);

export class CodecClient {
  trouble: CodecTrouble | undefined;
  /** Grows with each answer, so that pages know to look again. */
  version = 0;
  readonly #post: Post;
  readonly #changed: () => void;
  readonly #answers = new Map<string, WirePayload>();
  readonly #asked = new Set<string>();
  #waiting: { readonly key: string; readonly payload: WirePayload }[] = [];
  #keptChars = 0;
  #running = 0;
  #isPlanned = false;

  constructor(post: Post, changed: () => void) {
    this.#post = post;
    this.#changed = changed;
  }

  /** What the server answered; undefined before, and when it could not. */
  answerTo(payload: WirePayload): WirePayload | undefined {
    return this.#answers.get(keyOf(payload));
  }

  /** Answers arrive later, and together: what is asked for in one turn goes out in one call. */
  ask(payloads: readonly WirePayload[]): void {
    for (const payload of payloads) {
      const key = keyOf(payload);
      if (this.#asked.has(key) || this.#answers.has(key)) continue;
      this.#asked.add(key);
      this.#waiting.push({ key, payload });
    }
    if (this.#isPlanned || this.#waiting.length === 0) return;
    this.#isPlanned = true;
    queueMicrotask(() => {
      this.#isPlanned = false;
      this.#send();
    });
  }

  /** Lets what failed be asked for again. */
  forgive(): void {
    this.trouble = undefined;
    this.#asked.clear();
    this.#tell();
  }

  #send(): void {
    while (this.#running < CONCURRENT_MAX && this.#waiting.length > 0) {
      const batch = this.#waiting.slice(0, BATCH_MAX);
      this.#waiting = this.#waiting.slice(BATCH_MAX);
      this.#running += 1;
      void this.#exchange(batch);
    }
  }

  async #exchange(batch: readonly { readonly key: string; readonly payload: WirePayload }[]): Promise<void> {
    try {
      const answers = await this.#post(batch.map(({ payload }) => payload));
      if (answers.length !== batch.length) throw new CodecError(`It answered ${answers.length} payloads to ${batch.length}.`);
      for (const [index, answer] of answers.entries()) this.#keep(batch[index]?.key ?? '', answer);
      this.trouble = undefined;
    } catch (error) {
      this.trouble = {
        status: error instanceof CodecError ? error.status : undefined,
        message: error instanceof Error ? error.message : String(error),
      };
    } finally {
      this.#running -= 1;
      this.#tell();
      this.#send();
    }
  }

  #keep(key: string, answer: WirePayload): void {
    this.#answers.set(key, answer);
    this.#asked.delete(key);
    this.#keptChars += key.length + (answer.data?.length ?? 0);
    for (const [oldest, one] of this.#answers) {
      if (this.#answers.size <= KEPT_MAX && this.#keptChars <= KEPT_CHARS_MAX) break;
      if (oldest === key) break;
      this.#answers.delete(oldest);
      this.#keptChars -= oldest.length + (one.data?.length ?? 0);
    }
  }

  #tell(): void {
    this.version += 1;
    this.#changed();
  }
}
