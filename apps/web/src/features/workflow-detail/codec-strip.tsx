'use client';
import Link from 'next/link';
import { retryCodec, useCodec } from '../../data/codec.ts';
import { paths } from '../../data/paths.ts';
import { Strip } from '../../ui/strip.tsx';

/** Said once for all the payloads that stay encoded: which server, what it answered, and what usually is the matter. */
export function CodecStrip({ namespace }: { namespace: string }) {
  const { endpoint, trouble, hasToken, namespace: reader = namespace } = useCodec(namespace);
  if (endpoint === undefined || trouble === undefined) return null;
  return (
    <Strip
      tone="retrying"
      glyph="taskfail"
      actions={
        <>
          <button className="btn" type="button" onClick={() => retryCodec(namespace)}>
            Ask again
          </button>
          <Link className="btn" href={paths.settings(reader)}>
            Codec settings
          </Link>
        </>
      }
    >
      Payloads stay encoded: the codec server <b className="mono">{endpoint}</b> could not be used. {trouble.message}{' '}
      {hintOf(trouble.status, hasToken)}
    </Strip>
  );
}

function hintOf(status: number | undefined, hasToken: boolean): string {
  if (status === 401 || status === 403)
    return hasToken ? 'It did not take the token that was given here.' : 'It asks for a token: give one in the settings.';
  if (status === undefined)
    return `Either nothing listens there, or it does not allow this page: it has to answer with Access-Control-Allow-Origin ${location.origin} and allow the headers content-type, x-namespace and authorization.`;
  return '';
}
