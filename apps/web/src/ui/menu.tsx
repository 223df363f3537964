'use client';
import type { MouseEventHandler, ReactElement, ReactNode } from 'react';
import { cloneElement, createContext, useContext, useState } from 'react';
import type * as MenuParts from './menu-parts.tsx';
import type { Need } from './rights.ts';

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
    onClick: () => void load().then(setParts, () => undefined),
  });
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
