'use client';
import Link from 'next/link';
import { paths } from '../../data/paths.ts';
import type { RunView } from '../../data/run-view.ts';
import type { ReplayReport } from '../../domain/replay-report.ts';
import { recordedTasks } from '../../domain/recorded-tasks.ts';
import { kindIcon } from '../../domain/kind.ts';
import { rootCause } from '../../domain/why.ts';
import { formatDuration } from '../../lib/duration.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { Strip } from '../../ui/strip.tsx';
import { ReplayResult } from './replay-result.tsx';

export interface Missing {
  readonly why: 'no-worker' | 'other-sdk' | 'refused';
  readonly message: string;
}

const TEXTS = {
  'no-worker': { head: 'No worker answers on', tail: ', so today’s code could not be asked. Below is what the history alone says.' },
  'other-sdk': { head: 'The worker that answered on', tail: ' does not replay for the console. Below is what the history alone says.' },
  refused: {
    head: 'The server lets no question through to',
    tail: ' while this run stands as it does. Below is what the history alone says.',
  },
} as const;

const snippet = (queue: string): string =>
  [
    "import { Worker } from '@tidemark/sdk/worker';",
    '',
    'const worker = new Worker({',
    `  taskQueue: ${JSON.stringify(queue)},`,
    "  workflows: new URL('./workflows.ts', import.meta.url),",
    '});',
    'await worker.run();',
  ].join('\n');

/** No code to compare with: the failure and the structure that the protocol itself holds. */
export function ReplayMissing({ view, missing, recorded }: { view: RunView; missing: Missing; recorded: ReplayReport | undefined }) {
  const queue = view.description?.queue ?? '';
  const texts = TEXTS[missing.why];
  if (recorded) return <Recorded view={view} missing={missing} report={recorded} />;
  const failed = view.groups.tasks.findLast((task) => task.status === 'failed');
  const failure = rootCause(failed?.failure);
  return (
    <>
      <Strip
        tone="scheduled"
        glyph="scheduled"
        actions={
          missing.why === 'no-worker' ? (
            <Link className="btn" href={paths.queue(view.run.namespace, queue)}>
              See the queue
            </Link>
          ) : undefined
        }
      >
        {texts.head} <b>{queue}</b>
        {texts.tail}
      </Strip>
      <div className="rp">
        <div className="scroll">
          <StructureTable view={view} />
        </div>
        <aside className="fix" aria-label="What to do">
          {failed && failure ? (
            <section className="sec">
              <h2>Why the last task failed</h2>
              <div className="fail st-failed">
                <b>{failed.cause ?? failure.type}</b>
                <span className="mid" style={{ overflowWrap: 'anywhere' }}>
                  {failure.message}
                </span>
              </div>
            </section>
          ) : null}
          <section className="sec">
            <h2>To replay this run</h2>
            <p className="small mid">Run a worker of the Tidemark SDK on the same task queue. It replays on request and writes nothing.</p>
            <div className="frame" style={{ marginTop: 8 }}>
              <div className="cap">
                <span className="mono">worker.ts</span>
                <span className="grow" />
                <CopyButton text={snippet(queue)} what="snippet" />
              </div>
              <pre className="code" style={{ padding: '6px 10px' }} tabIndex={0} aria-label="Worker snippet">
                {snippet(queue)}
              </pre>
            </div>
          </section>
          <section className="sec">
            <h2>What was answered</h2>
            <p className="small mid" style={{ overflowWrap: 'anywhere' }}>
              {missing.message}
            </p>
          </section>
        </aside>
      </div>
    </>
  );
}

function Recorded({ view, missing, report }: { view: RunView; missing: Missing; report: ReplayReport }) {
  return (
    <>
      <div className="bar small">
        <span className="mid">
          {missing.why === 'no-worker' ? 'No worker answers now' : 'The worker could not be asked now'}; this is the report that the failing
          worker left in the history.
        </span>
      </div>
      <ReplayResult view={view} report={report} />
    </>
  );
}

/** Commands per workflow task, as the history holds them. */
function StructureTable({ view }: { view: RunView }) {
  const tasks = recordedTasks(view.events, view.groups);
  const { namespace, workflowId, runId } = view.run;
  return (
    <table role="table" className="grid rt" aria-label="Recorded commands per workflow task">
      <colgroup>
        <col style={{ width: 64 }} />
        <col style={{ width: '30%' }} />
        <col />
        <col style={{ width: 96 }} />
        <col style={{ width: 112 }} />
      </colgroup>
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">
            Task
          </th>
          <th role="columnheader" scope="col">
            Woke by
          </th>
          <th role="columnheader" scope="col">
            Recorded in history
          </th>
          <th role="columnheader" scope="col" className="num">
            Took
          </th>
          <th role="columnheader" scope="col">
            Task ended
          </th>
        </tr>
      </thead>
      {tasks.map(({ task, wokeBy, commands }) => (
        <tbody role="rowgroup" key={task.id} className={task.status === 'failed' ? 'tk-hard' : undefined}>
          {(commands.length === 0 ? [undefined] : commands).map((group, index) => (
            <tr role="row" key={group?.id ?? 0}>
              {index === 0 ? (
                <>
                  <td role="cell" className="tn" rowSpan={Math.max(commands.length, 1)}>
                    {task.index}
                  </td>
                  <td role="cell" className="wk" rowSpan={Math.max(commands.length, 1)}>
                    {wokeBy.slice(0, 4).map((event) => (
                      <div key={event.id} className="cut">
                        <Link className="mono" href={paths.event({ namespace, workflowId, runId }, event.id)}>
                          #{event.id}
                        </Link>{' '}
                        {event.what}
                      </div>
                    ))}
                    {wokeBy.length > 4 ? <div className="dim">and {wokeBy.length - 4} more</div> : null}
                  </td>
                </>
              ) : null}
              <td role="cell" className="rec">
                {group ? (
                  <span className="cmd eq">
                    <Icon name={kindIcon(group.kind)} />
                    <span className="nm">{group.name}</span>
                    <span className="det cut">{group.label && group.kind !== 'timer' ? group.label : (group.input ?? '')}</span>
                    <Link className="mono src" href={paths.event({ namespace, workflowId, runId }, group.id)}>
                      #{group.id}
                    </Link>
                  </span>
                ) : (
                  <span className="det">no commands</span>
                )}
              </td>
              <td role="cell" className="num mid">
                {index === 0 && task.startedAt && task.endedAt ? formatDuration(task.endedAt - task.startedAt) : ''}
              </td>
              <td role="cell" className="vd">
                {index === 0 && task.status !== 'completed' ? (
                  <StatusMark
                    look={{
                      tone: task.status === 'open' ? 'scheduled' : 'failed',
                      glyph: task.status === 'open' ? 'scheduled' : task.status === 'timedout' ? 'timedout' : 'failed',
                      word: task.status === 'open' ? 'Open' : task.status === 'timedout' ? 'Timed out' : 'Failed',
                      isCalm: task.status === 'open',
                    }}
                  />
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      ))}
    </table>
  );
}
