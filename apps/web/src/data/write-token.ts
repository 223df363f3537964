/** What every write shows where people sign in; in memory alone, so that another site's page cannot read it. */
let token: string | undefined;

export function setWriteToken(next: string): void {
  token = next;
}

/** A page that was just opened may be written from before it has been told: then it is asked for first. */
export async function writeToken(ask: () => Promise<{ readonly writeToken: string }>): Promise<string> {
  token ??= (await ask()).writeToken;
  return token;
}
