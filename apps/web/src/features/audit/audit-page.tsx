'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { parseAsBoolean, parseAsString, useQueryStates } from 'nuqs';
import type { ApiOutput } from '../../data/api-client.ts';
import { isAway, toProblem } from '../../data/api-client.ts';
import { audit } from '../../data/audit-queries.ts';
import { paths } from '../../data/paths.ts';
import { usePreference } from '../../data/preferences.ts';
import { auditWords } from '../../domain/audit-words.ts';
import { formatMoment } from '../../lib/time.ts';
import { Hollow } from '../../ui/hollow.tsx';
import { Moment } from '../../ui/moment.tsx';
import { SkeletonRows } from '../../ui/skeleton-rows.tsx';
import type { Look } from '../../ui/status-mark.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { Unread } from '../../ui/unread.tsx';
import { useMinute } from '../../ui/use-now.ts';
import './audit.css';

type Entry = ApiOutput['audit']['list']['entries'][number];

const HEADS = ['When', 'Who', 'What', 'To', 'Why', 'Outcome'] as const;
const LOOKS: Readonly<Record<Entry['outcome'], Look>> = {
  asked: { glyph: 'running', word: 'Under way', tone: 'running', isCalm: true },
  done: { glyph: 'completed', word: 'Done', tone: 'completed', isCalm: true },
  failed: { glyph: 'failed', word: 'Refused', tone: 'failed', isCalm: false },
};

/** Who did what from the console, and why. */
export function AuditPage({ namespace }: { namespace: string }) {
  const isLive = usePreference('isLive');
  const zone = usePreference('zone');
  const [{ workflow, who, cluster }, setState] = useQueryStates({
    workflow: parseAsString.withDefault(''),
    who: parseAsString.withDefault(''),
    cluster: parseAsBoolean.withDefault(false),
  });
  const list = useInfiniteQuery(audit({ namespace: cluster ? '' : namespace, workflowId: workflow, who }, isLive));
  const minute = useMinute();
  const entries = list.data?.pages.flatMap((page) => page.entries) ?? [];
  const isKept = list.data?.pages[0]?.isKept ?? true;
  const isFiltered = workflow !== '' || who !== '';
  return (
    <div className="page pg-audit">
      <main className="main" id="main">
        <div className="bar">
          <h1>Audit</h1>
          <span className="dim">{isKept ? 'what was done from the console, kept for 90 days' : 'since this console was started'}</span>
          <span className="grow" />
          <button
            className="btn quiet"
            type="button"
            aria-pressed={cluster}
            onClick={() => void setState((old) => ({ cluster: old.cluster ? null : true }))}
          >
            Beyond namespaces
          </button>
        </div>
        {isFiltered ? (
          <div className="bar">
            {workflow ? <Chip label={`workflow ${workflow}`} onRemove={() => void setState({ workflow: null })} /> : null}
            {who ? <Chip label={`by ${who}`} onRemove={() => void setState({ who: null })} /> : null}
          </div>
        ) : null}
        {list.error && (list.data === undefined || !isAway(list.error)) ? (
          <Unread problem={toProblem(list.error)} what="The audit" isOne icon="lock" />
        ) : list.isSuccess && entries.length === 0 ? (
          <Hollow
            icon="lock"
            title={isFiltered ? 'Nothing was done from the console that matches.' : 'Nothing was done from the console yet.'}
          >
            <p className="mid">
              Every write through the console leaves an entry here before it is carried out; what was refused stays too.
            </p>
          </Hollow>
        ) : (
          <div className="scroll">
            <table role="table" className="grid cards" aria-label="Audit">
              <colgroup>
                <col style={{ width: 152 }} />
                <col style={{ width: 136 }} />
                <col style={{ width: 200 }} />
                <col />
                <col style={{ width: '22%' }} />
                <col style={{ width: '22%' }} />
              </colgroup>
              <thead role="rowgroup">
                <tr role="row">
                  {HEADS.map((head) => (
                    <th role="columnheader" scope="col" key={head}>
                      {head}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody role="rowgroup">
                {list.isPending ? <SkeletonRows columns={6} rows={8} /> : null}
                {entries.map((entry) => (
                  <tr role="row" key={entry.id}>
                    <td role="cell" className="mid">
                      <Moment at={entry.at}>{formatMoment(entry.at, zone, minute)}</Moment>
                    </td>
                    <td role="cell" className="cut">
                      <button className="linkb" type="button" title="Only by them" onClick={() => void setState({ who: entry.who })}>
                        {entry.who}
                      </button>
                    </td>
                    <td role="cell" className="cut" title={entry.target}>
                      {auditWords(entry.action)}
                      {/* Of a run the next cell says which; of what in it is said here. */}
                      {entry.workflowId !== '' && entry.target !== '' ? <span className="dim">, {entry.target}</span> : null}
                    </td>
                    <td role="cell" className="cut mono">
                      <Target entry={entry} />
                    </td>
                    <td role="cell" className="cut mid" title={entry.why}>
                      {entry.why || '–'}
                    </td>
                    <td role="cell" className="cut" title={entry.problem}>
                      <StatusMark look={LOOKS[entry.outcome]} {...(entry.problem ? { text: entry.problem } : {})} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
            {list.hasNextPage ? (
              <p className="tail">
                <button className="linkb" type="button" onClick={() => void list.fetchNextPage()}>
                  Show older ones
                </button>
              </p>
            ) : null}
          </div>
        )}
      </main>
    </div>
  );
}

function Target({ entry: { namespace, action, workflowId, runId, target } }: { entry: Entry }) {
  if (workflowId !== '')
    return (
      <Link
        className="idl"
        href={runId ? paths.run({ namespace, workflowId, runId }) : paths.workflow(namespace, workflowId)}
        prefetch={false}
        title={workflowId}
      >
        {workflowId}
      </Link>
    );
  if (action.startsWith('schedule.') && !target.includes(', '))
    return (
      <Link className="idl" href={paths.schedule(namespace, target)} prefetch={false}>
        {target}
      </Link>
    );
  if (action.startsWith('batch.'))
    return (
      <Link className="idl" href={paths.batches(namespace)} prefetch={false}>
        {target || 'batches'}
      </Link>
    );
  return <>{target || '–'}</>;
}

function Chip({ label, onRemove }: { label: string; onRemove: () => void }) {
  return (
    <button className="chip" type="button" aria-label={`Remove the filter ${label}`} onClick={onRemove}>
      {label} <span aria-hidden="true">×</span>
    </button>
  );
}
