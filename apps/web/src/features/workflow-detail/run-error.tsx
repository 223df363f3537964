'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { toProblem } from '../../data/api-client.ts';
import { paths } from '../../data/paths.ts';
import type { RunId } from '../../data/queries.ts';
import { namespaces } from '../../data/queries.ts';
import { formatSpan } from '../../lib/duration.ts';
import { Hollow } from '../../ui/hollow.tsx';

export function RunError({ run, error }: { run: RunId; error: unknown }) {
  const problem = toProblem(error);
  const retention = useQuery(namespaces()).data?.find(({ name }) => name === run.namespace)?.retentionMs ?? null;
  const isGone = problem.code === 'NOT_FOUND' || problem.code === 'INVALID_ARGUMENT';
  return (
    <Hollow
      icon={isGone ? 'search' : problem.code === 'PERMISSION_DENIED' ? 'lock' : 'errors'}
      title={isGone ? 'The server does not hold this run.' : 'This run could not be read.'}
      actions={
        <>
          <Link className="btn" href={paths.workflow(run.namespace, run.workflowId)}>
            Newest run of this id
          </Link>
          <Link className="btn quiet" href={paths.workflows(run.namespace)}>
            All workflows
          </Link>
        </>
      }
    >
      <dl className="kv">
        <dt>Workflow id</dt>
        <dd className="mono">{run.workflowId}</dd>
        <dt>Run id</dt>
        <dd className="mono">{run.runId}</dd>
        <dt>Answer</dt>
        <dd style={{ whiteSpace: 'normal' }}>{problem.message}</dd>
      </dl>
      {isGone ? (
        <p className="mid">
          It may have been removed {retention === null ? 'when its retention ended' : `${formatSpan(retention)} after it ended`}, or the
          address may be wrong. If its history was saved to a file, <Link href={paths.imports}>import it</Link>.
        </p>
      ) : null}
    </Hollow>
  );
}
