'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { usePathname, useRouter } from 'next/navigation';
import { useQueryStates } from 'nuqs';
import { useMemo, useState } from 'react';
import { useTrail } from '../../data/list-trail.ts';
import type { RunTab } from '../../data/paths.ts';
import { paths } from '../../data/paths.ts';
import { namespaces } from '../../data/queries.ts';
import { ANY_RESET, resetParsers } from '../../data/run-tab-state.ts';
import type { RunView } from '../../data/run-view.ts';
import type { StreamState } from '../../data/run-history.ts';
import { isOpen, runLook } from '../../domain/status.ts';
import { formatDuration } from '../../lib/duration.ts';
import { middleCut } from '../../lib/text.ts';
import { ActButton, ActLink } from '../../ui/act-button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { copyLink } from '../../ui/copy-link.ts';
import { Icon } from '../../ui/icon.tsx';
import { returnTo } from '../../ui/kept-scroll.ts';
import { Menu, MenuItem, MenuSeparator } from '../../ui/menu.tsx';
import type { Need } from '../../ui/rights.ts';
import type { Shortcut } from '../../ui/shortcuts.ts';
import { NO_KEY, useShortcuts } from '../../ui/shortcuts.ts';
import { StatusMark } from '../../ui/status-mark.tsx';
import { tell } from '../../ui/toasts.tsx';
import { useNow } from '../../ui/use-now.ts';
import type { ActionName } from './action-dialogs.tsx';
import { ActionPlace } from './action-place.tsx';
import { downloadHistory } from './download-history.ts';
import { RUN_TABS, tabDigits } from './tab-order.ts';

export function RunHeader({ view, stream }: { view: RunView; stream: StreamState }) {
  const { run, description } = view;
  const [action, setAction] = useState<ActionName>();
  const open = description !== undefined && isOpen(description.status);
  const now = useNow(open);
  const span = description ? formatDuration((description.closedAt ?? now) - description.startedAt) : '';
  const look = description ? runLook(description.status) : undefined;
  const canPause = useQuery(namespaces()).data?.find(({ name }) => name === run.namespace)?.canPause ?? false;
  const hold = !open || !canPause ? undefined : description.status === 'Paused' ? 'resume' : 'pause';
  const up = useUp(view);
  useRunKeys(view, { open, hold, up }, setAction);
  return (
    <div className="bar runbar">
      <Link className="btn quiet icon" href={up.list} onClick={() => returnTo(up.list)} aria-label="Back to workflows" prefetch={false}>
        <Icon name="back" />
      </Link>
      <h1 className="mono runid cut" title={run.workflowId}>
        {middleCut(run.workflowId, 40)}
      </h1>
      <CopyButton text={run.workflowId} what="workflow id" />
      {look ? (
        <StatusMark look={look} text={`${look.word} ${open ? '' : look.word === 'Completed' ? 'in ' : 'after '}${span}`} loud />
      ) : null}
      {stream === 'lost' ? <span className="axis lostd">stream lost, asking every 3 s</span> : null}
      {description ? (
        <span className="facts small cut">
          <span className="strong">{description.type}</span>
          <span className="dim">queue</span>{' '}
          <Link href={paths.queue(run.namespace, description.queue)} prefetch={false}>
            {description.queue}
          </Link>
          {description.build ? (
            <>
              <span className="dim">build</span> <span className="mono">{middleCut(description.build, 16)}</span>
            </>
          ) : null}
          <span className="dim">run</span> <span className="mono">{run.runId.slice(0, 8)}</span>
          <CopyButton text={run.runId} what="run id" />
        </span>
      ) : null}
      <span className="grow" />
      <span className="row acts">
        {open ? (
          <>
            <ActButton onClick={() => setAction('signal')}>Signal…</ActButton>
            <ActButton onClick={() => setAction('cancel')}>Cancel…</ActButton>
            <ActButton className="btn danger" onClick={() => setAction('terminate')}>
              Terminate…
            </ActButton>
          </>
        ) : description === undefined ? null : (
          <ActLink href={paths.start(run.namespace, run)}>Start like this one</ActLink>
        )}
        <MoreMenu view={view} open={open} hold={hold} onAct={setAction} />
      </span>
      <ActionPlace view={view} action={action} onClose={() => setAction(undefined)} />
    </div>
  );
}

interface Up {
  /** The list as it was when the run was opened from it. */
  readonly list: string;
  /** The neighbours there, at the tab that is looked at. */
  readonly previous: string | undefined;
  readonly next: string | undefined;
}

function useUp({ run }: RunView): Up {
  const trail = useTrail(run);
  const segment = usePathname().split('/')[6];
  const at = (other: typeof run | undefined) => (other === undefined ? undefined : `${paths.run(other)}${segment ? `/${segment}` : ''}`);
  return { list: paths.workflows(run.namespace, trail?.search), previous: at(trail?.previous), next: at(trail?.next) };
}

/** Pausing a run, or letting it go on; undefined where that is not to be had. */
type Hold = 'pause' | 'resume' | undefined;

const copy = (text: string, what: string) => void navigator.clipboard.writeText(text).then(() => tell(`${what} copied.`));

interface MoreMenuProps {
  readonly view: RunView;
  readonly open: boolean;
  readonly hold: Hold;
  readonly onAct: (action: ActionName) => void;
}

function MoreMenu({ view, open, hold, onAct }: MoreMenuProps) {
  const { run } = view;
  const router = useRouter();
  const [, setReset] = useQueryStates(resetParsers);
  return (
    <Menu
      align="end"
      trigger={
        <button className="btn quiet icon" type="button" aria-label="More actions">
          <Icon name="dots" />
        </button>
      }
    >
      {hold === undefined ? null : (
        <MenuItem onSelect={() => onAct(hold)} end="a h" needs="write">
          {hold === 'pause' ? 'Pause…' : 'Resume…'}
        </MenuItem>
      )}
      <MenuItem onSelect={() => router.push(paths.run(run, 'interact'))} end="a q">
        Query or update…
      </MenuItem>
      <MenuItem onSelect={() => router.push(paths.run(run, 'replay'))} end="a p">
        Replay on today’s code…
      </MenuItem>
      <MenuItem onSelect={() => router.push(paths.run(run, 'compare'))} end="a d">
        Compare with another run…
      </MenuItem>
      <MenuItem onSelect={() => void setReset({ reset: ANY_RESET })} end="a r" needs="write">
        Reset…
      </MenuItem>
      {open ? (
        <MenuItem needs="write" onSelect={() => router.push(paths.start(run.namespace, run))}>
          Start like this one…
        </MenuItem>
      ) : null}
      <MenuSeparator />
      <MenuItem onSelect={() => copy(run.workflowId, 'Workflow id')} end="y w">
        Copy workflow id
      </MenuItem>
      <MenuItem onSelect={() => copy(run.runId, 'Run id')} end="y r">
        Copy run id
      </MenuItem>
      <MenuItem onSelect={() => void copyLink()} end="y l">
        Copy link
      </MenuItem>
      <MenuSeparator />
      <MenuItem onSelect={() => void downloadHistory(run, view.events.length, 'written')}>Download history, JSON</MenuItem>
    </Menu>
  );
}

interface KeysOf {
  readonly open: boolean;
  readonly hold: Hold;
  readonly up: Up;
}

function useRunKeys(view: RunView, { open, hold, up: { list, previous, next } }: KeysOf, setAction: (action: ActionName) => void): void {
  const router = useRouter();
  const isTimeline = usePathname().split('/')[6] === undefined;
  const { namespace, workflowId, runId } = view.run;
  const shortcuts = useMemo<readonly Shortcut[]>(() => {
    const key = (keys: string, label: string, run: () => void): Shortcut => ({ keys, shown: keys, label, scope: 'Run', run });
    const to = (keys: string, label: string, tab: RunTab) =>
      key(keys, label, () => router.push(paths.run({ namespace, workflowId, runId }, tab)));
    const beside = (keys: string, shown: string, [label, href]: readonly [string, string]): Shortcut => ({
      ...key(keys, label, () => router.push(href)),
      shown,
    });
    const act = (...[keys, label, run, needs]: readonly [...Parameters<typeof key>, Need?]): Shortcut => ({
      ...key(keys, label, run),
      isAction: true,
      ...(needs === undefined ? {} : { needs }),
    });
    return [
      ...tabDigits(RUN_TABS, isTimeline).map(({ digit, label, tab }) => to(digit, label, tab)),
      to('a j', 'Raw', 'raw'),
      to('h', 'Timeline or history', isTimeline ? 'history' : 'timeline'),
      key('u', 'Up to the list', () => {
        returnTo(list);
        router.push(list);
      }),
      ...(previous === undefined ? [] : [beside('Alt+ArrowUp', '⌥ ↑', ['Previous run of the list', previous])]),
      ...(next === undefined ? [] : [beside('Alt+ArrowDown', '⌥ ↓', ['Next run of the list', next])]),
      ...(open
        ? [
            act('a s', 'Signal', () => setAction('signal'), 'write'),
            act('a c', 'Cancel', () => setAction('cancel'), 'write'),
            act('a t', 'Terminate', () => setAction('terminate'), 'write'),
            ...(hold === undefined ? [] : [act('a h', hold === 'pause' ? 'Pause' : 'Resume', () => setAction(hold), 'write')]),
          ]
        : []),
      { ...to('a q', 'Query', 'interact'), isAction: true },
      { ...to('a u', 'Update', 'interact'), isAction: true },
      { ...to('a p', 'Replay', 'replay'), isAction: true },
      { ...to('a d', 'Compare with another run', 'compare'), isAction: true },
      act(NO_KEY, 'Start like this one', () => router.push(paths.start(namespace, { workflowId, runId })), 'write'),
      act('y w', 'Copy workflow id', () => copy(workflowId, 'Workflow id')),
      act('y r', 'Copy run id', () => copy(runId, 'Run id')),
      // The palette has the link already, as every page's.
      key('y l', 'Copy link', () => void copyLink()),
    ];
  }, [router, namespace, workflowId, runId, open, hold, list, previous, next, isTimeline, setAction]);
  useShortcuts(shortcuts);
}
