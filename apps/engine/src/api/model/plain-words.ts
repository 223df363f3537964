/** What people are told in the place of a library's message: of a server that cannot be reached, and of an input that was not taken. */

const CAUSES: readonly (readonly [pattern: RegExp, words: (at: string) => string])[] = [
  [/ECONNREFUSED/, (at) => `${at} refuses connections.`],
  [/ENOTFOUND|EAI_AGAIN|Name resolution failed/, (at) => `The name of ${at} was not found.`],
  // A server has sentences of its own about what took a worker too long.
  [/ETIMEDOUT|^Deadline exceeded after/, (at) => `${at} did not answer in time.`],
  [/EHOSTUNREACH|ENETUNREACH/, (at) => `There is no way to ${at} on the network.`],
  [/ECONNRESET|EPIPE|socket hang up|Connection dropped/, (at) => `${at} ended the connection.`],
  [/Last error:.*(?:certificate|self.signed|SSL|TLS|EPROTO)/i, (at) => `${at} and the console do not agree on TLS.`],
];

/** Why a server could not be reached, where its client's message is known; nothing for a message that a server wrote. */
export function plainCause(message: string, address: string): string | undefined {
  return CAUSES.find(([pattern]) => pattern.test(message))?.[1](address);
}

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** One sentence for each thing that is wrong. A sentence of ours says what it is about; the library's own is told with the field's name. */
export const plainIssues = ({ issues }: { readonly issues: readonly Issue[] }): string =>
  issues
    .map(({ path, message }) =>
      message.endsWith('.') ? message : `${path.length === 0 ? 'The request' : path.map(String).join('.')}: ${message}.`,
    )
    .join(' ');
