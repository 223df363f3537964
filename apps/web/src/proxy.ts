import type { NextRequest } from 'next/server';
import { NextResponse } from 'next/server';
import { CODEC_COOKIE, originsOf } from './domain/codec-endpoint.ts';

/** Names under which the console may be asked for: a page of another name that points at this machine gets nothing. */
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);
/** Elsewhere such a page would come without the cookie, which belongs to the console's own name. */
const isSignInAsked = process.env['TIDEMARK_CONSOLE_SIGN_IN'] === '1';
const allowed = new Set((process.env['TIDEMARK_CONSOLE_HOSTS'] ?? '').split(',').filter(Boolean));

export function proxy(request: NextRequest): NextResponse {
  const host = (request.headers.get('host') ?? '').replace(/:\d+$/, '');
  if (!isSignInAsked && !LOOPBACK.has(host) && !allowed.has(host))
    return new NextResponse('This console does not answer under that name.\n', { status: 421 });
  const nonce = btoa(crypto.randomUUID());
  const isDevelopment = process.env.NODE_ENV === 'development';
  const policy = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ''}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    // Payloads go from the browser straight to the codec servers that its reader has set; see `domain/codec-endpoint.ts`.
    ["connect-src 'self'", ...originsOf(request.cookies.get(CODEC_COOKIE)?.value)].join(' '),
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
  const forwarded = new Headers(request.headers);
  forwarded.set('x-nonce', nonce);
  forwarded.set('content-security-policy', policy);
  const response = NextResponse.next({ request: { headers: forwarded } });
  response.headers.set('content-security-policy', policy);
  response.headers.set('x-content-type-options', 'nosniff');
  response.headers.set('referrer-policy', 'same-origin');
  return response;
}

export const config = { matcher: ['/((?!_next/static|fonts/|icon.svg).*)'] };
