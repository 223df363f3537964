/** Which addresses a codec server may have. The page's content policy is widened to their origins, so nothing vague may pass. */
export type CheckedEndpoint =
  | { readonly ok: true /** Without a slash at its end; `/decode` is put behind it. */; readonly endpoint: string; readonly origin: string }
  | { readonly ok: false; readonly message: string };

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);
/** A name or an address and nothing else: the parser of addresses lets a `*` through, which a policy reads as any name. */
const HOST = /^([a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*|\[[0-9a-f:.]+\])$/;
const LENGTH_MAX = 500;

export function checkEndpoint(text: string): CheckedEndpoint {
  const trimmed = text.trim();
  const parsed = trimmed.length <= LENGTH_MAX && URL.canParse(trimmed) ? new URL(trimmed) : undefined;
  if (parsed === undefined) return { ok: false, message: 'Write a full address, as https://codec.example.com.' };
  if (parsed.protocol !== 'https:' && !(parsed.protocol === 'http:' && LOOPBACK.has(parsed.hostname)))
    return { ok: false, message: 'Only https, or http on this machine: payloads travel there in the clear.' };
  if (!HOST.test(parsed.hostname)) return { ok: false, message: 'The host is not a plain name or address.' };
  if (parsed.username !== '' || parsed.password !== '')
    return { ok: false, message: 'No name or password in the address; the token goes below.' };
  if (parsed.search !== '' || parsed.hash !== '') return { ok: false, message: 'No ? or # in the address: /decode is put behind it.' };
  return { ok: true, endpoint: `${parsed.origin}${parsed.pathname.replace(/\/+$/, '')}`, origin: parsed.origin };
}

export const CODEC_COOKIE = 'tidemark-codecs';
const ORIGINS_MAX = 8;
const SEPARATOR = '|';

/** The origins of the endpoints that hold, each once, for the cookie. */
export function cookieOf(endpoints: readonly string[]): string {
  const origins = endpoints.flatMap((one) => {
    const checked = checkEndpoint(one);
    return checked.ok ? [checked.origin] : [];
  });
  return encodeURIComponent([...new Set(origins)].slice(0, ORIGINS_MAX).join(SEPARATOR));
}

/** What of the cookie may enter the policy: anything that is not exactly the origin of a good endpoint is left out. */
export function originsOf(cookie: string | undefined): readonly string[] {
  let text: string;
  try {
    text = decodeURIComponent(cookie ?? '');
  } catch {
    return [];
  }
  const good = text.split(SEPARATOR).filter((one) => {
    const checked = checkEndpoint(one);
    return checked.ok && checked.origin === one;
  });
  return good.slice(0, ORIGINS_MAX);
}
