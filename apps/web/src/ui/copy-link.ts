'use client';
import { tell } from './toasts.tsx';

/** Brings the address up to date; undefined when it is. */
type Write = () => Promise<unknown> | undefined;

const writers = new Set<Write>();

/** What the address follows once a hand rests is asked to write at once when a link is copied: it would show another part otherwise. */
export function beforeCopy(write: Write): () => void {
  writers.add(write);
  return () => {
    writers.delete(write);
  };
}

/** Copies the address of what is seen. */
export async function copyLink(): Promise<void> {
  await Promise.all([...writers].map(async (write) => await write()));
  await navigator.clipboard.writeText(location.href);
  tell('Link copied.');
}
