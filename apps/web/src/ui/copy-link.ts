'use client';
import { tell } from './toasts.tsx';

/** The address follows a zoom once the hand rests; a link that is copied sooner would show another part. */
const SETTLE_MS = 350;

/** Copies the address of what is seen. */
export function copyLink(): void {
  setTimeout(() => void navigator.clipboard.writeText(location.href).then(() => tell('Link copied.')), SETTLE_MS);
}
