'use client';
import Link from 'next/link';
import type { ReactNode } from 'react';
import type { Need } from './rights.ts';
import { useRefusal } from './rights.ts';
import { tell } from './toasts.tsx';

interface ActProps {
  readonly children: ReactNode;
  readonly className?: string;
  /** The role it takes. */
  readonly needs?: Need;
}

interface ActButtonProps extends ActProps {
  readonly type?: 'button' | 'submit';
  readonly disabled?: boolean;
  readonly onClick?: () => void;
}

/** A button that changes something. To those who may not it stays in sight and in reach, and says why. */
export function ActButton({ children, className = 'btn', needs = 'write', type = 'button', disabled, onClick }: ActButtonProps) {
  const refusal = useRefusal(needs);
  if (refusal !== undefined) return <Refused className={className} why={refusal} label={children} />;
  return (
    <button className={className} type={type} disabled={disabled} onClick={onClick}>
      {children}
    </button>
  );
}

/** The same for a link to a page whose only use is to change something. */
export function ActLink({ children, className = 'btn', needs = 'write', href }: ActProps & { readonly href: string }) {
  const refusal = useRefusal(needs);
  if (refusal !== undefined) return <Refused className={className} why={refusal} label={children} />;
  return (
    <Link className={className} href={href} prefetch={false}>
      {children}
    </Link>
  );
}

function Refused({ className, why, label }: { className: string; why: string; label: ReactNode }) {
  return (
    <button className={className} type="button" aria-disabled title={why} onClick={() => tell(why)}>
      {label}
    </button>
  );
}
