'use client';
import type { ShownPayload } from './payload-look.ts';
import { PayloadView } from './payload-view.tsx';

export interface PayloadListProps {
  /** What they are, and the name of the only one: `Input`. */
  readonly label: string;
  readonly payloads: readonly {
    readonly name: string;
    readonly payload: ShownPayload;
    /** What holds it and never changes it: `event 5`. */
    readonly source?: string | undefined;
    readonly onWhole?: (() => Promise<ShownPayload>) | undefined;
  }[];
  readonly hint?: string | undefined;
  /** Also the only one is told by its place. */
  readonly isNamed?: boolean;
}

const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Payloads one below the other, each told by its place when there are several. */
export function PayloadList({ label, payloads, hint, isNamed = false }: PayloadListProps) {
  const areNamed = isNamed || payloads.length > 1;
  return payloads.map(({ name, payload, source, onWhole }, index) => (
    <PayloadView
      key={`${name} ${index}`}
      label={areNamed ? upper(name) : label}
      title={areNamed ? upper(name) : undefined}
      payload={payload}
      place={source === undefined ? name : `${source}, ${name}`}
      onWhole={onWhole}
      hint={hint}
    />
  ));
}
