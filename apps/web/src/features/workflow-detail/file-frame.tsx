'use client';
import { useParams, useRouter } from 'next/navigation';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { OpenFile } from '../../data/imports.ts';
import { useOpenFile } from '../../data/imports.ts';
import { paths } from '../../data/paths.ts';
import { recordReveal } from '../../data/reveal.ts';
import { useRunView } from '../../data/run-view.ts';
import { runLook } from '../../domain/status.ts';
import { formatDuration } from '../../lib/duration.ts';
import { middleCut } from '../../lib/text.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Hollow } from '../../ui/hollow.tsx';
import { Icon } from '../../ui/icon.tsx';
import { InspectorSlot } from '../../ui/inspector.tsx';
import { NotLoadedLine } from '../../ui/late.tsx';
import { whyNotLoaded } from '../../ui/not-loaded.ts';
import { Secrets } from '../../ui/payload/hidden.tsx';
import { useShortcuts } from '../../ui/shortcuts.ts';
import { StatusMark } from '../../ui/status-mark.tsx';
import { FileCodec } from './file-codec.tsx';
import { RunTabs } from './run-tabs.tsx';
import { RunWhy } from './run-why.tsx';
import { FILE_TABS, tabDigits } from './tab-order.ts';
import './workflow-detail.css';

/** The frame of a run that was read from a file: all of the run's page that needs no server. */
export function FileFrame({ children }: { children: ReactNode }) {
  const { file } = useParams<{ file: string }>();
  const opened = useOpenFile(file);
  const [isMissing, setMissing] = useState(false);
  const [why, setWhy] = useState<string>();
  useEffect(() => {
    if (why !== undefined) return;
    const open = async () => {
      const reader = await import('../../data/file-runs.ts').catch(() => undefined);
      if (reader === undefined) setWhy(await whyNotLoaded('What reads files'));
      else setMissing((await reader.openImport(file)) === undefined);
    };
    void open();
  }, [file, why]);
  return (
    <div className="page">
      {opened !== undefined ? (
        <OpenFrame opened={opened}>{children}</OpenFrame>
      ) : (
        <main className="main" id="main">
          <h1 className="sr">Imported history</h1>
          {isMissing ? (
            <Missing />
          ) : why === undefined ? (
            <p className="blank mid late">Reading the file…</p>
          ) : (
            <NotLoadedLine why={why} onRetry={() => setWhy(undefined)} />
          )}
        </main>
      )}
      <InspectorSlot />
    </div>
  );
}

function Missing() {
  return (
    <Hollow
      icon="search"
      title="This browser does not hold this file."
      actions={
        <Link className="btn" href={paths.imports}>
          Import it
        </Link>
      }
    >
      <p className="mid">Imported histories stay in the browser that imported them. It may have been removed, or imported elsewhere.</p>
    </Hollow>
  );
}

function OpenFrame({ opened, children }: { opened: OpenFile; children: ReactNode }) {
  const { run, info } = opened;
  const view = useRunView(run);
  const { description, events } = view;
  useFileKeys(run);
  const record = useCallback((place: string) => recordReveal(run, place), [run]);
  const look = runLook(description?.status ?? info.status);
  const first = events[0]?.at;
  const last = events.at(-1)?.at;
  const span = first === undefined || last === undefined ? '' : formatDuration(last - first);
  return (
    <main className="main" id="main" aria-label={`Run ${info.workflowId}`}>
      <div className="bar runbar">
        <Link className="btn quiet icon" href={paths.imports} aria-label="Back to imported histories">
          <Icon name="back" />
        </Link>
        <h1 className="mono runid cut" title={info.workflowId}>
          {middleCut(info.workflowId, 40)}
        </h1>
        <CopyButton text={info.workflowId} what="workflow id" />
        <StatusMark look={look} text={wordsOf(look.word, span)} loud />
        <span className="facts small cut">
          <span className="strong">{info.type}</span>
          <span className="dim">from file</span> <span className="mono">{middleCut(info.name, 40)}</span>
          {info.runId ? (
            <>
              <span className="dim">run</span> <span className="mono">{info.runId.slice(0, 8)}</span>
              <CopyButton text={info.runId} what="run id" />
            </>
          ) : null}
        </span>
        <span className="grow" />
        <Link className="btn" href={paths.imports}>
          Import another
        </Link>
      </div>
      <RunWhy view={view} />
      <FileCodec opened={opened} />
      <RunTabs view={view} />
      <Secrets record={record}>{children}</Secrets>
    </main>
  );
}

const wordsOf = (word: string, span: string): string =>
  word === 'Running' || word === 'Paused' ? `${word} when saved, ${span}` : `${word} ${word === 'Completed' ? 'in' : 'after'} ${span}`;

function useFileKeys(run: OpenFile['run']): void {
  const router = useRouter();
  const shortcuts = useMemo(() => {
    const key = (keys: string, label: string, href: string) => ({ keys, shown: keys, label, scope: 'Run', run: () => router.push(href) });
    return [
      ...tabDigits(FILE_TABS, false).map(({ digit, label, tab }) => key(digit, label, paths.run(run, tab))),
      key('u', 'Up to the imported histories', paths.imports),
    ];
  }, [router, run]);
  useShortcuts(shortcuts);
}
