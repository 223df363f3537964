'use client';
import { useQuery } from '@tanstack/react-query';
import { Command } from 'cmdk';
import { useRouter } from 'next/navigation';
import type { KeyboardEvent } from 'react';
import { useDeferredValue, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { api } from '../../data/api-client.ts';
import { paths } from '../../data/paths.ts';
import { usePreference } from '../../data/preferences.ts';
import { namespaces } from '../../data/queries.ts';
import { runLook } from '../../domain/status.ts';
import { middleCut } from '../../lib/text.ts';
import { Icon } from '../../ui/icon.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { ActionsGroup } from './palette-actions.tsx';
import { Entry } from './palette-entry.tsx';
import { SettingsGroup } from './palette-settings.tsx';
import { placesOf } from './places.ts';

export interface PaletteProps {
  readonly namespace: string;
  /** What was typed before it came. */
  readonly typed: string;
  /** Enter was pressed before it came. */
  readonly isEntered: boolean;
  readonly onType: (text: string) => void;
  readonly onClose: () => void;
}

/** What is in the palette's frame. */
export function Palette({ namespace, typed, isEntered, onType, onClose }: PaletteProps) {
  const router = useRouter();
  const recent = usePreference('recent');
  const [text, setText] = useState(typed);
  const [value, setValue] = useState('');
  const wanted = useDeferredValue(text.trim());
  const { data: spaces } = useQuery(namespaces());
  const found = useQuery({
    queryKey: ['palette', namespace, wanted],
    queryFn: ({ signal }) => api.workflow.list.query({ namespace, filter: { id: wanted }, pageSize: 8 }, { signal }),
    enabled: wanted.length >= 2,
    placeholderData: (previous) => previous,
    retry: false,
  });
  const first = wanted.length >= 2 ? found.data?.rows[0] : undefined;
  const firstValue = first === undefined ? undefined : runValue(first);
  useEffect(() => {
    // Runs arrive after the list has chosen its first entry; what was asked for comes first.
    if (firstValue !== undefined) setValue(firstValue);
  }, [firstValue]);
  const go = (href: string) => {
    onClose();
    router.push(href);
  };
  const isAnswered = text.trim() === wanted && (wanted.length < 2 || (!found.isPending && !found.isPlaceholderData));
  const field = useCaretAtEnd();
  const box = useRef<HTMLDivElement>(null);
  const { hold, isHeld, forget } = useHeldEnter({ isAnswered, isEntered }, () => {
    if (first !== undefined) go(paths.run({ namespace, ...first }));
    else
      (
        box.current?.querySelector<HTMLElement>(`${ENTRY}[aria-selected="true"]`) ?? box.current?.querySelector<HTMLElement>(ENTRY)
      )?.click();
  });
  const act = (run: () => void) => {
    onClose();
    run();
  };
  return (
    <Command ref={box} label="Search or jump" loop value={value} onValueChange={setValue} onKeyDown={hold}>
      <div className="cmdk-in">
        <Icon name="search" />
        <Command.Input
          ref={field}
          autoFocus
          value={text}
          onValueChange={(next) => {
            forget();
            onType(next);
            setText(next);
          }}
          placeholder="A workflow id, a page, an action"
        />
        {isHeld ? (
          <span className="axis" role="status">
            Looking…
          </span>
        ) : null}
        <span className="kbd" aria-hidden="true">
          Esc
        </span>
      </div>
      <Command.List>
        {first !== undefined ? null : <Command.Empty>{found.isFetching ? 'Looking…' : `Nothing is called “${wanted}”.`}</Command.Empty>}
        {wanted.length >= 2 && found.data && found.data.rows.length > 0 ? (
          <Command.Group heading={`Runs in ${namespace}`} forceMount>
            {found.data.rows.slice(0, 8).map((row) => (
              <Command.Item key={row.runId} value={runValue(row)} forceMount onSelect={() => go(paths.run({ namespace, ...row }))}>
                <StatusMark look={runLook(row.status)} />
                <span className="mono">{middleCut(row.workflowId, 44)}</span>
                <span className="dim">{row.type}</span>
              </Command.Item>
            ))}
          </Command.Group>
        ) : null}
        {wanted === '' && recent.length > 0 ? (
          <Command.Group heading="Looked at last">
            {recent.map((page) => (
              <Entry key={page.path} icon="workflows" value={`recent ${page.title}`} detail={page.detail} onSelect={() => go(page.path)}>
                <span className="mono">{page.title}</span>
              </Entry>
            ))}
          </Command.Group>
        ) : null}
        <ActionsGroup onClose={onClose} />
        <Command.Group heading="Go to">
          {placesOf(namespace).map(({ label, icon, href, keys }) => (
            <Entry key={label} icon={icon} onSelect={() => go(href)} {...(keys === undefined ? {} : { keys })}>
              {label}
            </Entry>
          ))}
          {(spaces ?? [])
            .filter((one) => one.name !== namespace)
            .map((one) => (
              <Entry key={one.name} icon="right" value={`namespace ${one.name}`} onSelect={() => go(paths.workflows(one.name))}>
                Namespace {one.name}
              </Entry>
            ))}
        </Command.Group>
        <SettingsGroup act={act} isTyped={wanted !== ''} />
      </Command.List>
    </Command>
  );
}

/** A field that gets the focus with a text in it has its caret before that text; who goes on typing means to go on behind it. */
function useCaretAtEnd() {
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    const end = field.current?.value.length ?? 0;
    field.current?.setSelectionRange(end, end);
  }, []);
  return field;
}

const ENTRY = '[cmdk-item]:not([aria-disabled="true"])';

interface Answer {
  /** What is shown answers what is typed. */
  readonly isAnswered: boolean;
  readonly isEntered: boolean;
}

/** Enter that comes before the answer waits for it: what stands there until then answers something else. An entry that was walked to is taken as it is. */
function useHeldEnter({ isAnswered, isEntered }: Answer, open: () => void) {
  const [isHeld, setHeld] = useState(isEntered);
  const hasWalked = useRef(false);
  const latest = useRef(open);
  useEffect(() => {
    latest.current = open;
  });
  useEffect(() => {
    if (!isHeld || !isAnswered) return;
    setHeld(false);
    latest.current();
  }, [isHeld, isAnswered]);
  return {
    isHeld,
    hold: (event: KeyboardEvent) => {
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') hasWalked.current = true;
      if (event.key !== 'Enter' || event.nativeEvent.isComposing || isAnswered || hasWalked.current) return;
      event.preventDefault();
      setHeld(true);
    },
    /** Something else is typed. */
    forget: () => {
      hasWalked.current = false;
      setHeld(false);
    },
  };
}

const runValue = (row: { workflowId: string; runId: string }): string => `run ${row.workflowId} ${row.runId}`;
