/** A path of this console. Anything else, above all another site's address, leads to the front page. */
export function backTo(next: string): string {
  const here = 'http://console';
  try {
    const url = new URL(next, here);
    return url.origin === here && next.startsWith('/') ? `${url.pathname}${url.search}${url.hash}` : '/';
  } catch {
    return '/';
  }
}
