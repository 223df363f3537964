'use client';
import type { TimelineOrder } from '../../domain/timeline-order.ts';
import { ORDERS } from '../../domain/timeline-order.ts';
import { Glyph, Icon } from '../../ui/icon.tsx';
import { Menu, MenuItem } from '../../ui/menu.tsx';

const WORDS: Readonly<Record<TimelineOrder, string>> = { time: 'by time', type: 'by type', path: 'by critical path' };
/** Where there is little room. */
export const orderWord = (order: TimelineOrder): string => (order === 'path' ? 'by path' : WORDS[order]);
const titleOf = (order: TimelineOrder): string => `B${WORDS[order].slice(1)}`;

export interface OrderMenuProps {
  readonly order: TimelineOrder;
  readonly onOrder: (order: TimelineOrder) => void;
}

/** What stands below what. */
export function OrderMenu({ order, onOrder }: OrderMenuProps) {
  return (
    <Menu
      trigger={
        <button className="btn quiet" type="button" aria-label={`Rows ${WORDS[order]}`}>
          {titleOf(order)} <Icon name="down" small />
        </button>
      }
    >
      {ORDERS.map((one) => (
        <MenuItem key={one} end={one === order ? <Chosen /> : undefined} onSelect={() => onOrder(one)}>
          {titleOf(one)}
        </MenuItem>
      ))}
    </Menu>
  );
}

const Chosen = () => (
  <>
    <Glyph name="completed" />
    <span className="sr">chosen</span>
  </>
);
