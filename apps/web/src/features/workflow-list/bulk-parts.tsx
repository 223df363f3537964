'use client';
import { Suspense } from 'react';
import type { RunSelection } from '../../domain/run-selection.ts';
import { isNothing, noSelection } from '../../domain/run-selection.ts';
import { late } from '../../ui/late.tsx';
import type { BulkTarget, StartedBulk } from './bulk-dialog.tsx';
import type { BulkKind } from './bulk-words.ts';

const BulkDialog = late('The dialog', () => import('./bulk-dialog.tsx').then((module) => module.BulkDialog));
const SelectionBar = late('What can be done with the chosen runs', () =>
  import('./selection-bar.tsx').then((module) => module.SelectionBar),
);

/** What is about to be done, and to which runs. */
export interface Bulk {
  readonly kind: BulkKind;
  readonly selection: RunSelection;
}

interface BulkPartsProps {
  /** What is chosen of which list. */
  readonly target: BulkTarget;
  readonly matching: number | undefined;
  readonly whyNotAll: string | undefined;
  readonly onSelect: (selection: RunSelection) => void;
  readonly bulk: Bulk | undefined;
  readonly onBulk: (bulk: Bulk | undefined) => void;
  readonly onStarted: (started: StartedBulk) => void;
}

/** The bar of what is chosen, and the dialog before something is done with it. */
export function BulkParts({ target, matching, whyNotAll, onSelect, bulk, onBulk, onStarted }: BulkPartsProps) {
  const { selection } = target;
  return (
    <Suspense>
      {isNothing(selection) ? null : (
        <SelectionBar
          selection={selection}
          matching={matching}
          whyNotAll={whyNotAll}
          onSelect={onSelect}
          onAct={(kind) => onBulk({ kind, selection })}
        />
      )}
      {bulk === undefined ? null : (
        <BulkDialog
          target={{ ...target, selection: bulk.selection }}
          kind={bulk.kind}
          onClose={() => onBulk(undefined)}
          onStarted={(one) => {
            onBulk(undefined);
            if (bulk.selection === selection) onSelect(noSelection);
            onStarted(one);
          }}
        />
      )}
    </Suspense>
  );
}
