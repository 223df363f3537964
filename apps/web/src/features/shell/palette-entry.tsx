'use client';
import { Command } from 'cmdk';
import type { ReactNode } from 'react';
import type { IconName } from '../../ui/icon.tsx';
import { Icon } from '../../ui/icon.tsx';

interface EntryProps {
  readonly icon: IconName;
  readonly children: ReactNode;
  readonly onSelect: () => void;
  readonly detail?: string;
  readonly keys?: string;
  readonly value?: string;
  readonly isDisabled?: boolean;
}

/** A line of the palette. */
export function Entry({ icon, children, onSelect, detail, keys, value, isDisabled = false }: EntryProps) {
  return (
    <Command.Item onSelect={onSelect} disabled={isDisabled} {...(value === undefined ? {} : { value })}>
      <Icon name={icon} />
      <span>{children}</span>
      {detail ? <span className="dim">{detail}</span> : null}
      <span className="grow" />
      {keys ? (
        <span className="kbd" aria-hidden="true">
          {keys}
        </span>
      ) : null}
    </Command.Item>
  );
}
