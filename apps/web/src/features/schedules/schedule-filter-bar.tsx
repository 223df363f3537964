'use client';
import { useMemo, useRef } from 'react';
import { useScheduleFilter } from '../../data/schedule-filter.ts';
import { Icon } from '../../ui/icon.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import type { Shortcut } from '../../ui/shortcuts.ts';
import { useShortcuts } from '../../ui/shortcuts.ts';

const STATES = [
  { value: 'all', label: 'All' },
  { value: 'running', label: 'Active' },
  { value: 'paused', label: 'Paused' },
] as const;

export function ScheduleFilterBar({ types }: { types: readonly string[] }) {
  const { filter, setState, isEmpty } = useScheduleFilter();
  const find = useRef<HTMLInputElement>(null);
  const shortcuts = useMemo<readonly Shortcut[]>(
    () => [{ keys: '/', shown: '/', label: 'Find by id', scope: 'Schedules', run: () => find.current?.focus() }],
    [],
  );
  useShortcuts(shortcuts);
  return (
    <div className="bar filters scrollx">
      <label className="idfind">
        <Icon name="search" small />
        <input
          ref={find}
          value={filter.id}
          onChange={(event) => void setState({ id: event.target.value })}
          placeholder="Schedule id"
          aria-label="Find by schedule id"
          spellCheck={false}
          autoComplete="off"
        />
        {filter.id === '' ? (
          <span className="kbd" aria-hidden="true">
            /
          </span>
        ) : null}
      </label>
      <Segmented
        label="State"
        value={filter.isPaused === null ? 'all' : filter.isPaused ? 'paused' : 'running'}
        options={STATES}
        onChange={(value) => void setState({ paused: value === 'all' ? null : value === 'paused' })}
      />
      <select
        className="input typesel"
        aria-label="Workflow type"
        value={filter.type}
        onChange={(event) => void setState({ type: event.target.value })}
      >
        <option value="">Every type</option>
        {[...new Set([...types, ...(filter.type ? [filter.type] : [])])].map((type) => (
          <option key={type} value={type}>
            {type}
          </option>
        ))}
      </select>
      {isEmpty ? null : (
        <button className="linkb" type="button" onClick={() => void setState(null)}>
          Clear
        </button>
      )}
    </div>
  );
}
