'use client';
import { useQuery } from '@tanstack/react-query';
import type { SyntheticEvent } from 'react';
import { useState } from 'react';
import { toProblem } from '../../data/api-client.ts';
import { session, signIn } from '../../data/session.ts';
import { Icon } from '../../ui/icon.tsx';
import { backTo } from './back-to.ts';
import './session.css';

/** Asks for the same key that programs show. The page keeps nothing of it: the engine's answer is a cookie. */
export function SignIn({ next }: { next: string }) {
  const { data } = useQuery(session(''));
  const [credential, setCredential] = useState('');
  const [problem, setProblem] = useState('');
  const [isSending, setSending] = useState(false);
  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    if (credential.trim() === '') {
      setProblem('Give a key.');
      return;
    }
    setSending(true);
    try {
      await signIn(credential);
      // A fresh load: nothing of whoever was here before stays in the page.
      location.assign(backTo(next));
    } catch (error) {
      setProblem(toProblem(error).message);
      setSending(false);
    }
  };
  const isIn = data !== undefined && (!data.isAsked || data.subject !== null);
  return (
    <main className="signin" id="main">
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Icon name="lock" className="signin-mark" />
        <h1>Sign in</h1>
        {isIn ? (
          <p className="mid">
            {data.isAsked ? `You are signed in as ${data.subject}. ` : 'Nobody has to sign in here. '}
            <a href={backTo(next)}>Go on</a>
          </p>
        ) : null}
        <label htmlFor="credential">API key or JWT</label>
        <input
          id="credential"
          className="input mono"
          type="password"
          autoComplete="current-password"
          autoFocus
          value={credential}
          onChange={(event) => setCredential(event.target.value)}
          aria-invalid={problem !== ''}
          aria-describedby="credential-m"
        />
        <p id="credential-m" className={problem ? 'msgl' : 'hint'} role={problem ? 'alert' : undefined}>
          {problem || 'The one your programs use. It decides what you may see and do.'}
        </p>
        <button className="btn primary" type="submit" disabled={isSending}>
          Sign in
        </button>
      </form>
    </main>
  );
}
