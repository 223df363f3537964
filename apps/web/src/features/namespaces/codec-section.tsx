'use client';
import { useId, useState } from 'react';
import { decodeAt, setCodecEndpoint, setCodecToken, useCodec } from '../../data/codec.ts';
import { checkEndpoint } from '../../domain/codec-endpoint.ts';
import { Glyph } from '../../ui/icon.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { tell } from '../../ui/toasts.tsx';

/** Where the payloads of this namespace are decoded, for this browser alone. */
export function CodecSection({ name }: { name: string }) {
  const id = useId();
  const { endpoint, hasToken } = useCodec(name);
  const [typed, setTyped] = useState<string>();
  const [error, setError] = useState<string>();
  const [test, setTest] = useState<{ readonly isGood: boolean; readonly text: string }>();
  const text = typed ?? endpoint ?? '';
  const save = () => {
    const checked = text.trim() === '' ? undefined : checkEndpoint(text);
    setError(checked?.ok === false ? checked.message : undefined);
    if (checked?.ok === false) return;
    const mustLoad = setCodecEndpoint(name, checked?.endpoint ?? '');
    setTyped(undefined);
    setTest(undefined);
    // The policy that lets the page speak to another origin comes with the page.
    if (mustLoad) location.reload();
    else tell(checked === undefined ? 'No codec server any more.' : 'Codec server saved.');
  };
  const tryIt = async () => {
    if (endpoint === undefined) return;
    setTest(undefined);
    try {
      await decodeAt(endpoint, name, [{ metadata: { encoding: btoa('json/plain') }, data: btoa('"tidemark"') }]);
      setTest({ isGood: true, text: 'It answers.' });
    } catch (problem) {
      setTest({ isGood: false, text: problem instanceof Error ? problem.message : String(problem) });
    }
  };
  return (
    <section className="sec">
      <h2>Codec server</h2>
      <p className="small mid codec-p">
        Reads payloads that are encrypted or encoded. This browser sends them straight to it, with the name of the namespace; the engine
        takes no part. Kept in this browser only.
      </p>
      <form
        className="nsf"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <TextField
          id={`${id}-endpoint`}
          label="Address"
          value={text}
          error={error}
          note="https, or http on this machine; empty for none"
          onChange={setTyped}
        />
        <TokenField key={String(hasToken)} id={id} name={name} hasToken={hasToken} />
        <div className="f">
          <span />
          <span className="row">
            <button className="btn" type="submit" disabled={text.trim() === (endpoint ?? '')}>
              Save address
            </button>
            <button className="btn" type="button" disabled={endpoint === undefined || typed !== undefined} onClick={() => void tryIt()}>
              Test it
            </button>
          </span>
          <div role="status" className="fs">
            {test === undefined ? null : (
              <>
                <span className={`codec-g ${test.isGood ? 'st-completed' : 'st-failed'}`}>
                  <Glyph name={test.isGood ? 'completed' : 'failed'} />
                </span>
                {test.text}
              </>
            )}
          </div>
        </div>
      </form>
    </section>
  );
}

function TokenField({ id, name, hasToken }: { id: string; name: string; hasToken: boolean }) {
  const [token, setToken] = useState('');
  const use = () => {
    setCodecToken(name, token.trim());
    tell(token.trim() === '' ? 'The token is forgotten.' : 'The token holds until this page is closed or loaded again.');
  };
  return (
    <div className="f">
      <label htmlFor={`${id}-token`}>Token</label>
      <span className="row">
        <input
          id={`${id}-token`}
          className="input mono"
          type="password"
          value={token}
          placeholder={hasToken ? 'one is held' : 'none'}
          onChange={(event) => setToken(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            use();
          }}
          autoComplete="off"
          aria-describedby={`${id}-token-m`}
        />
        <button className="btn" type="button" disabled={token.trim() === '' && !hasToken} onClick={use}>
          {hasToken && token.trim() === '' ? 'Forget it' : 'Use it'}
        </button>
      </span>
      <div className="fs dim" id={`${id}-token-m`}>
        sent as a bearer token; in memory only, gone when the page is loaded again
      </div>
    </div>
  );
}
