'use client';
import type { HistoryMode } from '../../data/run-tab-state.ts';
import { HISTORY_MODES } from '../../data/run-tab-state.ts';
import type { RunView } from '../../data/run-view.ts';
import { Icon } from '../../ui/icon.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';

interface State {
  readonly as: HistoryMode;
  readonly find: string;
  /** Bodies are looked into as well. */
  readonly bodies: boolean;
  readonly oldest: boolean;
}
export interface HistoryToolsProps {
  readonly state: State;
  readonly onChange: (change: Partial<State>) => void;
  readonly failed: number;
  readonly pending: number;
  readonly onJump: (kind: 'failed' | 'pending', by: 1 | -1) => void;
  readonly onToggleAll: () => void;
  readonly isAllOpen: boolean;
  readonly view: RunView;
}

const WORDS: Readonly<Record<HistoryMode, string>> = { groups: 'Groups', events: 'Events', json: 'JSON' };
const FAILED = { tone: 'failed', glyph: 'failed', word: 'failed', isCalm: false } as const;
const PENDING = { tone: 'scheduled', glyph: 'scheduled', word: 'pending', isCalm: true } as const;

export function HistoryTools({ state, onChange, failed, pending, onJump, onToggleAll, isAllOpen }: HistoryToolsProps) {
  const stepper = (kind: 'failed' | 'pending', count: number) =>
    count === 0 ? null : (
      <span className="step">
        <button className="copy" type="button" aria-label={`Previous ${kind}`} onClick={() => onJump(kind, -1)}>
          <Icon name="left" small />
        </button>
        <StatusMark look={kind === 'failed' ? FAILED : PENDING} text={`${count} ${kind}`} />
        <button className="copy" type="button" aria-label={`Next ${kind}`} onClick={() => onJump(kind, 1)}>
          <Icon name="right" small />
        </button>
      </span>
    );
  return (
    <div className="bar scrollx">
      <Segmented
        label="Show as"
        value={state.as}
        options={HISTORY_MODES.map((value) => ({ value, label: WORDS[value] }))}
        onChange={(as) => onChange({ as })}
      />
      <label className="findbox">
        <Icon name="search" small />
        <input
          id="find-in-history"
          value={state.find}
          onChange={(event) => onChange({ find: event.target.value })}
          placeholder="Find, text or /regex/"
          aria-label="Find in the history"
          spellCheck={false}
        />
        {state.find === '' ? (
          <span className="kbd" aria-hidden="true">
            /
          </span>
        ) : null}
      </label>
      <label className="row small nowrap" title="What only a codec server can read is not searched.">
        <input
          type="checkbox"
          checked={state.bodies}
          aria-keyshortcuts="b"
          onChange={(event) => onChange({ bodies: event.target.checked })}
        />
        in bodies
      </label>
      {stepper('failed', failed)}
      {stepper('pending', pending)}
      <span className="grow" />
      <button className="btn quiet" type="button" onClick={() => onChange({ oldest: !state.oldest })}>
        {state.oldest ? 'Oldest first' : 'Newest first'}
      </button>
      <button className="btn quiet" type="button" onClick={onToggleAll}>
        {isAllOpen ? 'Collapse all' : 'Expand all'}
      </button>
    </div>
  );
}
