'use client';
import { useMemo, useState } from 'react';
import { isAway } from '../../data/api-client.ts';
import { useRunParams } from '../../data/run-params.ts';
import { useRunView } from '../../data/run-view.ts';
import type { FamilyNode } from '../../domain/family-tree.ts';
import { nodeOfChild } from '../../domain/family-tree.ts';
import { plural } from '../../lib/number.ts';
import { NotHereYet } from '../../ui/not-here-yet.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { FamilyFacts } from './family-facts.tsx';
import { FamilyTree } from './family-tree.tsx';
import './run-family.css';

type Shows = 'all' | 'open' | 'bad';
const SHOWS = [
  { value: 'all', label: 'All' },
  { value: 'open', label: 'Open' },
  { value: 'bad', label: 'Not well' },
] as const;

/** Where this run comes from, and what came of it. */
export function RunFamily() {
  const view = useRunView(useRunParams());
  const [shows, setShows] = useState<Shows>('all');
  const children = useMemo(() => view.groups.groups.filter(({ kind }) => kind === 'child').map(nodeOfChild), [view.groups]);
  const shown = useMemo(() => children.filter((node) => isShown(node, shows)), [children, shows]);
  if (view.description === undefined)
    return isAway(view.error) ? <NotHereYet what="The family is" /> : <p className="blank mid late">Reading the run…</p>;
  return (
    <div className="pg-family">
      <FamilyFacts view={view} />
      <div className="bar fam-bar">
        <b>{children.length === 0 ? 'No child workflows' : plural(children.length, 'child workflow')}</b>
        {children.length === 0 ? null : <span className="dim small">{countsOf(children)}</span>}
        <span className="grow" />
        {children.length === 0 ? null : <Segmented label="Children" value={shows} options={SHOWS} onChange={setShows} />}
      </div>
      <FamilyTree view={view} runDescription={view.description} shown={shown} />
    </div>
  );
}

const isBad = ({ look }: FamilyNode): boolean => !look.isCalm;
function isShown(node: FamilyNode, shows: Shows): boolean {
  if (shows === 'open') return node.closedAt === undefined;
  return shows === 'all' || isBad(node);
}

function countsOf(children: readonly FamilyNode[]): string {
  const open = children.filter(({ closedAt }) => closedAt === undefined).length;
  const bad = children.filter(isBad).length;
  return [open > 0 ? `${plural(open, 'is', 'are')} open` : 'none open', bad > 0 ? `${plural(bad, 'did', 'did')} not end well` : '']
    .filter(Boolean)
    .join(', ');
}
