'use client';
import type { RunSelection } from '../../domain/run-selection.ts';
import { everything, noSelection } from '../../domain/run-selection.ts';
import { formatCount } from '../../lib/number.ts';
import { ActButton } from '../../ui/act-button.tsx';
import type { Shortcut } from '../../ui/shortcuts.ts';
import { useShortcuts } from '../../ui/shortcuts.ts';
import type { BulkKind } from './bulk-words.ts';
import { BULK, BULK_KINDS } from './bulk-words.ts';

interface SelectionBarProps {
  readonly selection: RunSelection;
  readonly matching: number | undefined;
  /** Why not everything that matches can be chosen; nothing when it can. */
  readonly whyNotAll: string | undefined;
  readonly onSelect: (selection: RunSelection) => void;
  readonly onAct: (kind: BulkKind) => void;
}

const KEYS: readonly (readonly [string, BulkKind])[] = [
  ['s', 'signal'],
  ['c', 'cancel'],
  ['r', 'reset'],
  ['t', 'terminate'],
  ['d', 'delete'],
];

/** What is chosen and what can be done to it. */
export function SelectionBar({ selection, matching, whyNotAll, onSelect, onAct }: SelectionBarProps) {
  const count = selection.isEverything ? matching : selection.runs.size;
  useShortcuts(
    KEYS.map(
      ([key, kind]): Shortcut => ({
        keys: `b ${key}`,
        shown: `b ${key}`,
        label: `${BULK[kind].title} the chosen runs`,
        scope: 'List',
        run: () => onAct(kind),
        isAction: true,
        needs: 'write',
      }),
    ),
  );
  return (
    <div className="bar selbar scrollx" role="toolbar" aria-label="Actions for the chosen runs">
      <b>
        {selection.isEverything
          ? `All ${matching === undefined ? '' : formatCount(matching)} that match`
          : `${formatCount(count ?? 0)} chosen`}
      </b>
      {selection.isEverything || matching === undefined || matching <= selection.runs.size ? null : (
        <button
          className="linkb"
          type="button"
          aria-disabled={whyNotAll !== undefined}
          title={whyNotAll}
          onClick={() => (whyNotAll === undefined ? onSelect(everything) : undefined)}
        >
          choose all {formatCount(matching)}
        </button>
      )}
      {whyNotAll !== undefined && matching !== undefined && matching > selection.runs.size ? (
        <span className="axis wide">{whyNotAll}</span>
      ) : null}
      <span className="vr" />
      {BULK_KINDS.map((kind) => (
        <ActButton key={kind} className={BULK[kind].isGrave && kind !== 'reset' ? 'btn danger' : 'btn'} onClick={() => onAct(kind)}>
          {BULK[kind].button}
        </ActButton>
      ))}
      <span className="grow" />
      <button className="btn quiet" type="button" onClick={() => onSelect(noSelection)}>
        Clear{' '}
        <span className="kbd" aria-hidden="true">
          Esc
        </span>
      </button>
    </div>
  );
}
