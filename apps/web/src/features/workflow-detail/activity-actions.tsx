'use client';
import { useState } from 'react';
import type { RunId } from '../../data/queries.ts';
import type { Group } from '../../domain/event-groups.ts';
import { Icon } from '../../ui/icon.tsx';
import { Menu, MenuItem, MenuSeparator } from '../../ui/menu.tsx';
import { ActivityDialog } from './activity-dialog.tsx';
import type { ActivityCommandName } from './activity-dialog-shell.tsx';

/** A worker has an attempt, or may have one. */
const RUNS: ReadonlySet<string> = new Set(['Started', 'PauseRequested', 'CancelRequested']);

/** What can be done to one pending activity. */
export function ActivityActions({ run, group }: { run: RunId; group: Group }) {
  const [command, setCommand] = useState<ActivityCommandName>();
  const activity = group.pending;
  if (activity === undefined) return null;
  const isStarted = RUNS.has(activity.state);
  const item = (name: ActivityCommandName, label: string, more: { isDisabled?: boolean; end?: string } = {}) => (
    <MenuItem needs={name === 'complete' || name === 'fail' ? 'work' : 'write'} onSelect={() => setCommand(name)} {...more}>
      {label}
    </MenuItem>
  );
  return (
    <>
      <Menu
        align="end"
        trigger={
          <button className="btn quiet icon" type="button" aria-label={`Act on ${group.name} ${activity.activityId}`}>
            <Icon name="dots" />
          </button>
        }
      >
        {item('retry', 'Retry now…', isStarted ? { isDisabled: true, end: 'it runs' } : {})}
        {activity.isPaused ? item('unpause', 'Unpause…') : item('pause', 'Pause…')}
        {item('reset', 'Reset…')}
        {item('options', 'Change options…')}
        <MenuSeparator />
        {item('complete', 'Complete by hand…')}
        {item('fail', 'Fail by hand…', isStarted ? {} : { isDisabled: true, end: 'no attempt runs' })}
      </Menu>
      {command === undefined ? null : (
        <ActivityDialog on={{ run, type: group.name, activity }} command={command} onClose={() => setCommand(undefined)} />
      )}
    </>
  );
}
