/** Why a store cannot be used, in one sentence that says which and what to do about it. */
export type StoreErrorCode = 'in-use' | 'corrupt' | 'foreign' | 'cannot-open' | 'not-durable' | 'newer-schema';

export class StoreError extends Error {
  override readonly name = 'StoreError';
  constructor(
    readonly code: StoreErrorCode,
    message: string,
  ) {
    super(message);
  }
}
