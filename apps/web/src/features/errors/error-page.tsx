'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import type { ApiOutput } from '../../data/api-client.ts';
import { toProblem } from '../../data/api-client.ts';
import { errorGroup } from '../../data/estate-queries.ts';
import { paths } from '../../data/paths.ts';
import { usePreference } from '../../data/preferences.ts';
import { KIND_LOOKS, kindWords, lookedWords, NAMED_MAX, queryOf, worstKind } from '../../domain/error-group.ts';
import { formatAge, formatDuration } from '../../lib/duration.ts';
import { formatCount, plural } from '../../lib/number.ts';
import { formatMoment } from '../../lib/time.ts';
import { ActLink } from '../../ui/act-button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Glyph, Icon } from '../../ui/icon.tsx';
import { Moment } from '../../ui/moment.tsx';
import { SparkBars } from '../../ui/spark-bars.tsx';
import { Stat, Stats } from '../../ui/stats.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { Unread } from '../../ui/unread.tsx';
import { useNow } from '../../ui/use-now.ts';
import './errors.css';

type Answer = ApiOutput['error']['describe'];

/** One error: what it says, since when, whom it concerns, and what can be done to all of them. */
export function ErrorPage({ namespace, id }: { namespace: string; id: string }) {
  const isLive = usePreference('isLive');
  const { data, error } = useQuery(errorGroup(namespace, id, isLive));
  const now = useNow();
  return (
    <div className="page pg-errors">
      <main className="main" id="main">
        <div className="bar hd2 eh">
          <Link className="btn quiet icon" href={paths.errors(namespace)} aria-label="Back to errors">
            <Icon name="back" />
          </Link>
          {data ? (
            <Glyph name={KIND_LOOKS[worstKind(data.row.byKind)].glyph} className={`st-${KIND_LOOKS[worstKind(data.row.byKind)].tone} eg`} />
          ) : null}
          <h1>{data?.row.type ?? 'Error'}</h1>
          {data ? <span className="dim wide">{kindWords(data.row.byKind)}</span> : null}
          <span className="grow" />
          {data ? <span className="axis wide">{lookedWords(data.looked)}</span> : null}
        </div>
        {error && data === undefined ? (
          <Unread
            problem={toProblem(error)}
            what="The error"
            isOne
            missing={{ title: 'This error is not seen any more.' }}
            actions={
              <Link className="btn" href={paths.errors(namespace)}>
                All errors
              </Link>
            }
          />
        ) : data === undefined ? null : (
          <div className="scroll">
            <Sample sample={data.sample} />
            <Facts answer={data} now={now} />
            <Runs namespace={namespace} answer={data} now={now} />
          </div>
        )}
      </main>
    </div>
  );
}

type Failure = Answer['sample'];

/** The newest failure, from what the engine said down to the author's own words. */
function Sample({ sample }: { sample: Failure }) {
  const chain: Failure[] = [];
  for (let one: Failure | undefined = sample; one !== undefined; one = one.cause) chain.push(one);
  const stack = chain.toReversed().find((one) => one.stack)?.stack;
  return (
    <section className="smp" aria-label="The newest of them">
      {chain.toReversed().map((one, index) => (
        <div key={`${one.type}${index}`} className={index === 0 ? 'fail st-failed' : 'by'}>
          <b>
            {index === 0 ? '' : 'wrapped by '}
            {one.type}
            {one.activity ? ` of ${one.activity}` : ''}
          </b>
          <span className="mid wrapt">{one.message}</span>
          {one.nonRetryable ? <span className="dim">not retryable</span> : null}
        </div>
      ))}
      {stack ? (
        <div className="stk">
          <pre className="code" tabIndex={0} aria-label="Stack">
            {stack}
          </pre>
          <CopyButton text={stack} what="stack" />
        </div>
      ) : null}
    </section>
  );
}

function Facts({ answer: { row, from, to }, now }: { answer: Answer; now: number }) {
  const zone = usePreference('zone');
  return (
    <Stats>
      <Stat name="Runs" value={formatCount(row.runs)} note={kindWords(row.byKind)} />
      <Stat
        name="First seen"
        value={<Moment at={row.firstAt}>{formatAge(now - row.firstAt)}</Moment>}
        note={row.isFirstOpen ? 'of activities only the last attempt is known' : formatMoment(row.firstAt, zone, now)}
      />
      <Stat
        name="Last seen"
        value={<Moment at={row.lastAt}>{formatAge(now - row.lastAt)}</Moment>}
        note={formatMoment(row.lastAt, zone, now)}
      />
      <Stat
        name={`Last ${formatDuration(to - from)}`}
        value={<SparkBars counts={row.trend} label="When it was seen" />}
        note="when it was last seen, by run"
      />
      <Stat
        name="Builds"
        value={row.builds.length === 0 ? '–' : <span className="mono bld">{row.builds.slice(0, 2).join(', ')}</span>}
        note={row.builds.length === 0 ? 'its workers name none' : plural(row.builds.length, 'build')}
      />
    </Stats>
  );
}

const ACTIONS = [
  { kind: 'reset', label: 'Reset…' },
  { kind: 'signal', label: 'Signal…' },
  { kind: 'terminate', label: 'Terminate…' },
] as const;

function Runs({ namespace, answer, now }: { namespace: string; answer: Answer; now: number }) {
  const query = queryOf(answer.runs.map(({ runId }) => runId));
  const q = `q=${encodeURIComponent(query)}`;
  return (
    <section>
      <div className="sh">
        <h2>{plural(answer.row.runs, 'run')}</h2>
        {answer.row.runs > NAMED_MAX ? <span className="axis">the newest {NAMED_MAX} can be acted on at once</span> : null}
        <span className="grow" />
        <Link className="btn" href={paths.workflows(namespace, q)}>
          See them in the list
        </Link>
        {ACTIONS.map(({ kind, label }) => (
          <ActLink key={kind} href={paths.newBatch(namespace, `${q}&op=${kind}`)}>
            {label}
          </ActLink>
        ))}
      </div>
      <table role="table" className="grid cards eruns" aria-label="Runs of this error">
        <colgroup>
          <col style={{ width: 130 }} />
          <col />
          <col style={{ width: '20%' }} />
          <col style={{ width: 130 }} className="w13" />
          <col style={{ width: 96 }} />
          <col style={{ width: 110 }} />
        </colgroup>
        <thead role="rowgroup">
          <tr role="row">
            <th role="columnheader" scope="col">
              Kind
            </th>
            <th role="columnheader" scope="col">
              Workflow ID
            </th>
            <th role="columnheader" scope="col">
              Where
            </th>
            <th role="columnheader" scope="col" className="w13">
              Build
            </th>
            <th role="columnheader" scope="col" className="num">
              Attempts
            </th>
            <th role="columnheader" scope="col" className="num">
              Seen
            </th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          {answer.runs.map((run) => (
            <tr role="row" key={`${run.runId}${run.kind}${run.where}${run.at}`}>
              <td role="cell">
                <StatusMark look={KIND_LOOKS[run.kind]} />
              </td>
              <td role="cell">
                <Link className="mono" href={paths.run({ namespace, ...run })}>
                  {run.workflowId}
                </Link>
              </td>
              <td role="cell" className="mid">
                {run.where === run.workflowType ? run.workflowType : `${run.where} in ${run.workflowType}`}
              </td>
              <td role="cell" className="mono mid w13">
                {run.builds[0]?.slice(0, 16)}
                {run.builds.length > 1 ? ` +${run.builds.length - 1}` : ''}
              </td>
              <td role="cell" className="num" data-label={run.attempts === 1 ? 'attempt' : 'attempts'}>
                {run.kind === 'failed' || run.kind === 'timedOut' ? '' : formatCount(run.attempts)}
              </td>
              <td role="cell" className="num mid" data-at={run.at}>
                {formatAge(now - run.at)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
