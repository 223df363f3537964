'use client';
import { Menu as Base } from '@base-ui/react/menu';
import type { ReactElement, ReactNode } from 'react';
import type { Need } from './rights.ts';
import { useRefusal } from './rights.ts';

/** A button that opens a list of actions or choices. `trigger` is a button element; its children are kept. */
export function Menu({ trigger, children, align = 'start' }: { trigger: ReactElement; children: ReactNode; align?: 'start' | 'end' }) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={4} align={align} style={{ zIndex: 60 }}>
          <Base.Popup className="pop">{children}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

export function MenuItem({
  children,
  end,
  onSelect,
  isDisabled = false,
  needs,
}: {
  children: ReactNode;
  end?: ReactNode;
  onSelect: () => void;
  isDisabled?: boolean;
  /** The role it takes, where it changes something. */
  needs?: Need;
}) {
  const refusal = useRefusal(needs);
  const beside = refusal ?? end;
  return (
    <Base.Item className="pop-i" onClick={onSelect} disabled={isDisabled || refusal !== undefined}>
      {children}
      {beside === undefined ? null : <span className="end">{beside}</span>}
    </Base.Item>
  );
}

/** A choice that stays: shown with a mark when it holds. */
export function MenuCheck({
  children,
  isChecked,
  onChange,
  end,
}: {
  children: ReactNode;
  isChecked: boolean;
  onChange: (checked: boolean) => void;
  end?: ReactNode;
}) {
  return (
    <Base.CheckboxItem className="pop-i" checked={isChecked} onCheckedChange={onChange} closeOnClick={false}>
      <span className="pop-check">
        {isChecked ? (
          <svg className="g" aria-hidden="true">
            <use href="#g-completed" />
          </svg>
        ) : null}
      </span>
      {children}
      {end === undefined ? null : <span className="end">{end}</span>}
    </Base.CheckboxItem>
  );
}

export const MenuSeparator = () => <Base.Separator className="pop-sep" />;
export function MenuGroup({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Base.Group>
      <Base.GroupLabel className="pop-h">{label}</Base.GroupLabel>
      {children}
    </Base.Group>
  );
}
