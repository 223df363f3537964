import type { ReactNode } from 'react';
import type { IconName } from './icon.tsx';
import { Icon } from './icon.tsx';

/** A pane with nothing to show: what is true, why, and what to do next. */
export function Hollow({
  icon,
  title,
  children,
  actions,
}: {
  icon?: IconName;
  title: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <div className="blank">
      <p className="lead2">
        {icon ? <Icon name={icon} className="big" /> : null}
        <span>{title}</span>
      </p>
      {children}
      {actions ? <div className="row acts">{actions}</div> : null}
    </div>
  );
}
