'use client';
import type { ReactNode } from 'react';
import { useMemo } from 'react';
import { setPreferences, usePreference } from '../../data/preferences.ts';
import type { Group, GroupKind } from '../../domain/event-groups.ts';
import { kindWord } from '../../domain/kind.ts';
import { formatDuration } from '../../lib/duration.ts';
import { formatCount } from '../../lib/number.ts';
import { Icon } from '../../ui/icon.tsx';
import { Menu, MenuCheck } from '../../ui/menu.tsx';
import type { ZoomControl } from './zoom-control.ts';

export interface ToolsProps {
  readonly find: string;
  readonly onFind: (text: string) => void;
  readonly hidden: ReadonlySet<GroupKind>;
  readonly onHidden: (kinds: ReadonlySet<GroupKind>) => void;
  readonly groups: readonly Group[];
  readonly foldedMs: number;
  readonly showsTasks: boolean;
  readonly onTasks: () => void;
  /** Undefined where no attempts are known. */
  readonly showsTries: boolean | undefined;
  readonly onTries: () => void;
  readonly showsPath: boolean;
  readonly onPath: () => void;
  readonly control: ZoomControl;
  /** What arranges the rows, beside what chooses them. */
  readonly arrange: ReactNode;
  /** There are no bars, and nothing of what is done to them. */
  readonly isTable: boolean;
}

function countKinds(groups: readonly Group[]): ReadonlyMap<GroupKind, number> {
  const counts = new Map<GroupKind, number>();
  for (const { kind } of groups) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return counts;
}

export function TimelineTools(props: ToolsProps) {
  const {
    find,
    onFind,
    hidden,
    onHidden,
    groups,
    foldedMs,
    showsTasks,
    onTasks,
    showsTries,
    onTries,
    showsPath,
    onPath,
    control,
    arrange,
    isTable,
  } = props;
  const counts = useMemo(() => countKinds(groups), [groups]);
  return (
    <div className="bar tl-tools scrollx">
      <label className="findbox">
        <Icon name="search" small />
        <input
          id="find-in-run"
          value={find}
          onChange={(event) => onFind(event.target.value)}
          onKeyDown={(event) => {
            // The keys of the timeline work again once what was looked for stands there.
            if (event.key === 'Enter' || event.key === 'Escape') event.currentTarget.blur();
          }}
          placeholder="Find in run"
          aria-label="Find in run"
          aria-keyshortcuts="/"
          spellCheck={false}
        />
        {find === '' ? (
          <span className="kbd" aria-hidden="true">
            /
          </span>
        ) : null}
      </label>
      <Menu
        trigger={
          <button className="btn quiet" type="button">
            Kinds{hidden.size > 0 ? ` (${hidden.size} hidden)` : ''} <Icon name="down" small />
          </button>
        }
      >
        {isTable ? null : (
          <MenuCheck isChecked={showsTasks} end="W" onChange={onTasks}>
            Workflow tasks
          </MenuCheck>
        )}
        {[...counts].map(([kind, count]) => (
          <MenuCheck
            key={kind}
            isChecked={!hidden.has(kind)}
            end={formatCount(count)}
            onChange={(isShown) => onHidden(new Set(isShown ? [...hidden].filter((one) => one !== kind) : [...hidden, kind]))}
          >
            {kindWord(kind)}
          </MenuCheck>
        ))}
      </Menu>
      {arrange}
      <span className="grow" />
      {showsTries === undefined || isTable ? null : (
        <button className="btn quiet" type="button" aria-keyshortcuts="t" aria-pressed={showsTries} onClick={onTries}>
          Attempts <span className="more">{showsTries ? 'shown' : 'hidden'}</span>{' '}
          <span className="kbd" aria-hidden="true">
            T
          </span>
        </button>
      )}
      <button className="btn quiet cp-b" type="button" aria-keyshortcuts="p" aria-pressed={showsPath} onClick={onPath}>
        Critical path{' '}
        <span className="kbd" aria-hidden="true">
          P
        </span>
      </button>
      {isTable ? null : <BarTools foldedMs={foldedMs} control={control} />}
    </div>
  );
}

/** What is done to the axis that bars have. */
function BarTools({ foldedMs, control }: Pick<ToolsProps, 'foldedMs' | 'control'>) {
  const foldsIdle = usePreference('foldsIdle');
  return (
    <>
      <button
        id="fold-idle"
        className="btn quiet"
        type="button"
        aria-keyshortcuts="i"
        aria-pressed={foldsIdle}
        onClick={() => setPreferences({ foldsIdle: !foldsIdle })}
      >
        {foldsIdle && foldedMs > 0 ? `${formatDuration(foldedMs)} idle` : 'Idle'}{' '}
        <span className="more">{foldsIdle ? 'folded' : 'shown'}</span>{' '}
        <span className="kbd" aria-hidden="true">
          I
        </span>
      </button>
      <span className="join" role="group" aria-label="Zoom">
        <button className="btn icon" type="button" aria-label="Zoom out" onClick={() => control.by(1 / 1.6)}>
          <Icon name="minus" />
        </button>
        <button className="btn" type="button" onClick={() => control.by(0)}>
          Fit
        </button>
        <button className="btn icon" type="button" aria-label="Zoom in" onClick={() => control.by(1.6)}>
          <Icon name="plus" />
        </button>
      </span>
    </>
  );
}
