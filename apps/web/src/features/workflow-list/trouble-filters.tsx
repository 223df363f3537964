'use client';
import { useQuery } from '@tanstack/react-query';
import { attributes } from '../../data/queries.ts';
import { MenuGroup, MenuItem } from '../../ui/menu.tsx';

const TROUBLES = [
  { words: 'Failing workflow tasks', attribute: 'TemporalReportedProblems', query: 'TemporalReportedProblems IS NOT NULL' },
  { words: 'Retrying activities', attribute: 'TidemarkRetrying', query: 'TidemarkRetrying = true' },
] as const;

/** Questions for runs that need a look, where the server keeps the attribute that answers them. */
export function TroubleFilters({ namespace, onAsk }: { namespace: string; onAsk: (query: string) => void }) {
  const { data } = useQuery(attributes(namespace));
  const troubles = TROUBLES.filter(({ attribute }) => data?.some(({ name }) => name === attribute));
  if (troubles.length === 0) return null;
  return (
    <MenuGroup label="Trouble">
      {troubles.map(({ words, query }) => (
        <MenuItem key={query} onSelect={() => onAsk(query)}>
          {words}
        </MenuItem>
      ))}
    </MenuGroup>
  );
}
