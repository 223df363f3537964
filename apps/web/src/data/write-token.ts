/** What every write shows where people sign in; in memory alone, so that another site's page cannot read it. */
let token = '';

export const writeToken = (): string => token;

export function setWriteToken(next: string): void {
  token = next;
}
