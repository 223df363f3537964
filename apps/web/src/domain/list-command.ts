/** Safe in a shell as it stands; anything else is quoted. */
const PLAIN = /^[\w./:@%+=,-]+$/;
const shellQuote = (value: string): string => (PLAIN.test(value) ? value : `'${value.replaceAll("'", String.raw`'\''`)}'`);

/** The same list by the protocol's own command line. `query` is a list filter, or empty. */
export const listCommand = (namespace: string, query: string): string =>
  ['temporal workflow list', `--namespace ${shellQuote(namespace)}`, ...(query ? [`--query ${shellQuote(query)}`] : [])].join(' ');

/** The same list by the SDK, for a client of the namespace. */
export const listSnippet = (query: string): string =>
  `for await (const run of client.listWorkflows(${query ? JSON.stringify(query) : ''})) console.log(run.workflowId);`;
