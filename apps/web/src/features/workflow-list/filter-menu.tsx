'use client';
import type { Span } from '../../data/list-address.ts';
import { SPANS } from '../../data/list-address.ts';
import { useListFilter } from '../../data/list-filter.ts';
import { keysOf } from '../../lib/keys-of.ts';
import { Icon } from '../../ui/icon.tsx';
import { Menu, MenuGroup, MenuItem, MenuSeparator } from '../../ui/menu.tsx';
import { TroubleFilters } from './trouble-filters.tsx';

export const SPAN_WORDS: Readonly<Record<Span, string>> = {
  '15m': 'last 15 minutes',
  '1h': 'last hour',
  '24h': 'last 24 hours',
  '7d': 'last 7 days',
};

export interface FilterMenuProps {
  readonly namespace: string;
  readonly rows: readonly { readonly type: string; readonly queue: string }[];
  readonly onAttribute: () => void;
}

/** What is filtered by most: values of the rows on the page, spans and known troubles. */
export function FilterMenu({ namespace, rows, onAttribute }: FilterMenuProps) {
  const { setState } = useListFilter();
  const types = [...new Set(rows.map((row) => row.type))].sort();
  const queues = [...new Set(rows.map((row) => row.queue))].sort();
  return (
    <Menu
      trigger={
        <button className="tok add" type="button" id="add-filter" aria-keyshortcuts="f">
          <Icon name="plus" small />
          Filter{' '}
          <span className="kbd" aria-hidden="true">
            F
          </span>
        </button>
      }
    >
      <MenuGroup label="Type">
        {types.slice(0, 12).map((type) => (
          <MenuItem key={type} onSelect={() => void setState({ type })}>
            {type}
          </MenuItem>
        ))}
      </MenuGroup>
      <TroubleFilters namespace={namespace} onAsk={(query) => void setState({ q: query })} />
      <MenuGroup label="Started">
        {keysOf(SPANS).map((span) => (
          <MenuItem key={span} onSelect={() => void setState({ last: span, from: null, to: null })}>
            {SPAN_WORDS[span]}
          </MenuItem>
        ))}
      </MenuGroup>
      <MenuGroup label="Task queue">
        {queues.slice(0, 8).map((queue) => (
          <MenuItem key={queue} onSelect={() => void setState({ queue })}>
            {queue}
          </MenuItem>
        ))}
      </MenuGroup>
      <MenuSeparator />
      <MenuItem onSelect={onAttribute}>An attribute…</MenuItem>
    </Menu>
  );
}
