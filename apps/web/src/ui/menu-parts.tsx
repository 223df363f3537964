'use client';
import { Menu as Base } from '@base-ui/react/menu';
import type { MenuAtProps, MenuCheckProps, MenuGroupProps, MenuItemProps, MenuProps } from './menu.tsx';
import { useRefusal } from './rights.ts';

/** Open from the start: it comes when somebody has asked for it. */
export function MenuPopup({ trigger, children, align = 'start' }: MenuProps) {
  return (
    <Base.Root defaultOpen>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={4} align={align} style={{ zIndex: 60 }}>
          <Base.Popup className="pop">{children}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

export function MenuPopupAt({ at, label, children, onClose, focusAfter }: MenuAtProps) {
  return (
    <Base.Root open modal={false} onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}>
      <Base.Portal>
        <Base.Positioner
          anchor={{ getBoundingClientRect: () => new DOMRect(at.x, at.y, 0, 0) }}
          sideOffset={2}
          align="start"
          collisionAvoidance={{ side: 'shift', align: 'shift' }}
          style={{ zIndex: 60 }}
        >
          <Base.Popup className="pop tall" aria-label={label} finalFocus={focusAfter}>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

export function Item({ children, end, onSelect, isDisabled = false, needs }: MenuItemProps) {
  const refusal = useRefusal(needs);
  const beside = refusal ?? end;
  return (
    <Base.Item className="pop-i" onClick={onSelect} disabled={isDisabled || refusal !== undefined}>
      {children}
      {beside === undefined ? null : <span className="end">{beside}</span>}
    </Base.Item>
  );
}

export function Check({ children, isChecked, onChange, end, needs }: MenuCheckProps) {
  const refusal = useRefusal(needs);
  const beside = refusal ?? end;
  return (
    <Base.CheckboxItem
      className="pop-i"
      checked={isChecked}
      onCheckedChange={onChange}
      closeOnClick={false}
      disabled={refusal !== undefined}
    >
      <span className="pop-check">
        {isChecked ? (
          <svg className="g" aria-hidden="true">
            <use href="#g-completed" />
          </svg>
        ) : null}
      </span>
      {children}
      {beside === undefined ? null : <span className="end">{beside}</span>}
    </Base.CheckboxItem>
  );
}

export const Separator = () => <Base.Separator className="pop-sep" />;
export function Group({ label, children }: MenuGroupProps) {
  return (
    <Base.Group>
      <Base.GroupLabel className="pop-h">{label}</Base.GroupLabel>
      {children}
    </Base.Group>
  );
}
