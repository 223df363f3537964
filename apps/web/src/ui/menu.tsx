'use client';
import type { MouseEventHandler, ReactElement, ReactNode } from 'react';
import { cloneElement, createContext, useContext, useEffect, useState } from 'react';
import type * as MenuParts from './menu-parts.tsx';
import type { Need } from './rights.ts';
import { tellNotLoaded } from './tell-not-loaded.ts';

type Parts = typeof MenuParts;

export interface TriggerProps {
  readonly onClick?: MouseEventHandler;
  readonly onFocus?: () => void;
  readonly onPointerEnter?: () => void;
  readonly 'aria-haspopup'?: 'menu';
  readonly 'aria-expanded'?: boolean;
}

export interface MenuProps {
  /** A button element; its children are kept. */
  readonly trigger: ReactElement<TriggerProps>;
  readonly children: ReactNode;
  readonly align?: 'start' | 'end';
}

export interface MenuAtProps {
  /** Pixels from the corner of what is seen. */
  readonly at: { readonly x: number; readonly y: number };
  readonly label: string;
  readonly children: ReactNode;
  readonly onClose: () => void;
  /** What has the focus once it is closed. */
  readonly focusAfter: () => HTMLElement | null;
}

export interface MenuItemProps {
  readonly children: ReactNode;
  readonly end?: ReactNode;
  readonly onSelect: () => void;
  readonly isDisabled?: boolean;
  /** The role it takes, where it changes something. */
  readonly needs?: Need;
}

export interface MenuCheckProps {
  readonly needs?: Need;
  readonly children: ReactNode;
  readonly isChecked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly end?: ReactNode;
}

export interface MenuGroupProps {
  readonly label: string;
  readonly children: ReactNode;
}

/** Popups that place themselves are a third of a page's script, so they come when a menu is first reached for. */
let loading: Promise<Parts> | undefined;
function load(): Promise<Parts> {
  loading ??= import('./menu-parts.tsx').catch((error: unknown) => {
    // Asked again with the next click.
    loading = undefined;
    throw error;
  });
  return loading;
}
const warm = (): void => void load().catch(() => undefined);

const PartsContext = createContext<Parts | undefined>(undefined);

/** A button that opens a list of actions or choices. */
export function Menu(props: MenuProps) {
  const [parts, setParts] = useState<Parts>();
  const { trigger } = props;
  if (parts !== undefined)
    return (
      <PartsContext value={parts}>
        <parts.MenuPopup {...props} />
      </PartsContext>
    );
  return cloneElement(trigger, {
    'aria-haspopup': 'menu',
    'aria-expanded': false,
    onFocus: warm,
    onPointerEnter: warm,
    onClick: () => void load().then(setParts, () => tellNotLoaded('The menu')),
  });
}

/** The same list of actions without a button: at a point, open as long as it is there. */
export function MenuAt(props: MenuAtProps) {
  const { onClose } = props;
  const [parts, setParts] = useState<Parts>();
  useEffect(() => {
    load().then(setParts, () => {
      void tellNotLoaded('The menu');
      onClose();
    });
  }, [onClose]);
  return (
    parts && (
      <PartsContext value={parts}>
        <parts.MenuPopupAt {...props} />
      </PartsContext>
    )
  );
}

export function MenuItem(props: MenuItemProps) {
  const parts = useContext(PartsContext);
  return parts && <parts.Item {...props} />;
}

/** A choice that stays: shown with a mark when it holds. */
export function MenuCheck(props: MenuCheckProps) {
  const parts = useContext(PartsContext);
  return parts && <parts.Check {...props} />;
}

export function MenuSeparator() {
  const parts = useContext(PartsContext);
  return parts && <parts.Separator />;
}

export function MenuGroup(props: MenuGroupProps) {
  const parts = useContext(PartsContext);
  return parts && <parts.Group {...props} />;
}
