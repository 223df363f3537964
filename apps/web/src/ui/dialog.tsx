'use client';
import { Dialog as Base } from '@base-ui/react/dialog';
import type { KeyboardEvent, ReactNode } from 'react';
import { useRef } from 'react';
import { cx } from '../lib/text.ts';
import { Icon } from './icon.tsx';
import { useOnce } from './use-once.ts';

export interface DialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly children: ReactNode;
  readonly footer?: ReactNode;
  readonly isWide?: boolean;
}

/** Traps the focus while open and gives it back after. */
export function Dialog({ isOpen, onClose, title, children, footer, isWide = false }: DialogProps) {
  const popup = useRef<HTMLDivElement>(null);
  // Closed ones stand on every page, drawn with each of its changes.
  if (!useOnce(isOpen)) return null;
  return (
    <Base.Root open={isOpen} onOpenChange={(open) => (open ? undefined : onClose())}>
      <Base.Portal>
        <Base.Backdrop className="veil" />
        <Base.Popup
          ref={popup}
          className={cx('dlg', isWide && 'wide-d')}
          initialFocus={() => firstStop(popup.current) ?? true}
          onKeyDown={submitByKey}
        >
          <header>
            <Base.Title>{title}</Base.Title>
            <span className="grow" />
            <Base.Close className="btn quiet icon" aria-label="Close">
              <Icon name="x" />
            </Base.Close>
          </header>
          <div className="dlg-b">{children}</div>
          {footer === undefined ? null : <footer>{footer}</footer>}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

const FIELD = ':is(input:not([type="hidden"]), textarea, select, [contenteditable="true"]):not(:disabled)';
const SAFE = ':scope > footer > button:not(.primary, .danger, :disabled)';

/** Where the focus begins: in the first field, or without fields on what changes nothing. */
const firstStop = (popup: HTMLElement | null): HTMLElement | null =>
  popup?.querySelector<HTMLElement>(`.dlg-b ${FIELD}`) ?? popup?.querySelector<HTMLElement>(SAFE) ?? null;

/** Ctrl Enter presses what the dialog is there for, wherever the focus is in it. */
function submitByKey(event: KeyboardEvent<HTMLElement>): void {
  const isAsked = event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.defaultPrevented && !event.repeat;
  const button = isAsked ? event.currentTarget.querySelector<HTMLButtonElement>(':scope > footer > :is(.primary, .danger)') : null;
  if (button === null) return;
  event.preventDefault();
  button.click();
}
