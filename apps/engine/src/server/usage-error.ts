/** Something the person at the keyboard can mend: one sentence, no stack, exit code 1. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
