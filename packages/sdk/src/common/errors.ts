/** Errors of the SDK itself, thrown where code breaks a rule of the place it runs in. */

/** A command-producing call inside a query, a validator or a condition. */
export class ReadOnlyContextError extends Error {
  override readonly name = 'ReadOnlyContextError';
}

/** Workflow code reached for something that is not deterministic. The message says what to use instead. */
export class SandboxViolationError extends Error {
  override readonly name = 'SandboxViolationError';
}

/** A workflow or activity API was called outside of a running workflow or activity. */
export class NoContextError extends Error {
  override readonly name = 'NoContextError';
}

/** A class, handler or option that cannot work as it is declared. */
export class DefinitionError extends Error {
  override readonly name = 'DefinitionError';
}
