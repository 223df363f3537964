'use client';
import Link from 'next/link';
import { useQueries, useQuery } from '@tanstack/react-query';
import { api, toProblem } from '../../data/api-client.ts';
import { useListFilter } from '../../data/list-filter.ts';
import { paths } from '../../data/paths.ts';
import { namespaces, systemInfo } from '../../data/queries.ts';
import { firstSteps } from '../../domain/first-steps.ts';
import { formatSpan } from '../../lib/duration.ts';
import { formatCount } from '../../lib/number.ts';
import { ActLink } from '../../ui/act-button.tsx';
import { Hollow } from '../../ui/hollow.tsx';
import { Steps } from '../../ui/steps.tsx';
import { useIsLiving } from '../../ui/use-is-living.ts';

interface Trouble {
  readonly namespace: string;
  /** Null when there is simply nothing to show. */
  readonly error: unknown;
  readonly isUnfiltered: boolean;
}

/** Why the list shows nothing, and the next step. */
export function ListTrouble({ namespace, error, isUnfiltered }: Trouble) {
  if (error !== null) return <ListError namespace={namespace} error={error} />;
  return isUnfiltered ? <FirstRun namespace={namespace} /> : <NoneMatch namespace={namespace} />;
}

function ListError({ namespace, error }: { namespace: string; error: unknown }) {
  const { state, setState } = useListFilter();
  const problem = toProblem(error);
  if (problem.code === 'NOT_FOUND')
    return (
      <Hollow
        icon="search"
        title={
          <>
            There is no namespace <b>{namespace}</b> on this server.
          </>
        }
        actions={
          <Link className="btn" href={paths.namespaces}>
            Namespaces
          </Link>
        }
      >
        <p className="mid">Choose another one at the top, or register it first.</p>
      </Hollow>
    );
  if (problem.code === 'PERMISSION_DENIED' || problem.code === 'UNAUTHENTICATED')
    return (
      <Hollow
        icon="lock"
        title={
          <>
            You may not read <b>{namespace}</b>.
          </>
        }
      >
        <p className="mid">{problem.message}</p>
      </Hollow>
    );
  return (
    <Hollow
      icon="errors"
      title={state.q ? 'The query was not understood.' : 'The list could not be read.'}
      actions={
        state.q ? (
          <button className="btn" type="button" onClick={() => void setState({ q: '' })}>
            Remove the query
          </button>
        ) : undefined
      }
    >
      <p className="fail st-failed">
        <b>{problem.code}</b>
        <span className="mid">{problem.message}</span>
      </p>
    </Hollow>
  );
}

function FirstRun({ namespace }: { namespace: string }) {
  const isLiving = useIsLiving();
  const { data: info } = useQuery(systemInfo());
  return (
    <Hollow
      title={
        <>
          Nothing has run in <b>{namespace}</b> yet.
        </>
      }
      actions={
        <ActLink className="btn primary" href={paths.start(namespace)}>
          Start a workflow
        </ActLink>
      }
    >
      <Steps steps={firstSteps(isLiving ? info?.address : undefined)} />
    </Hollow>
  );
}

/** Counts without each filter, so that the one to blame is named. */
function NoneMatch({ namespace }: { namespace: string }) {
  const isLiving = useIsLiving();
  const { state, filter, setState } = useListFilter();
  const parts = [
    { key: 'id', label: `Id contains “${state.id}”`, isSet: state.id !== '', without: { ...filter, id: '' }, clear: { id: '' } },
    { key: 'type', label: `Type is ${state.type}`, isSet: state.type !== '', without: { ...filter, type: '' }, clear: { type: '' } },
    { key: 'queue', label: `Queue is ${state.queue}`, isSet: state.queue !== '', without: { ...filter, queue: '' }, clear: { queue: '' } },
    { key: 'query', label: 'The query', isSet: state.q !== '', without: { ...filter, query: '' }, clear: { q: '' } },
    {
      key: 'last',
      label: `Started in the last ${state.last}`,
      isSet: state.last !== null,
      without: { ...filter, startedFrom: undefined },
      clear: { last: null },
    },
    {
      key: 'span',
      label: 'Started in the chosen span',
      isSet: state.from !== null || state.to !== null,
      without: { ...filter, startedFrom: undefined, startedTo: undefined },
      clear: { from: null, to: null },
    },
    {
      key: 'status',
      label: `Status is ${state.status.join(', ')}`,
      isSet: state.status.length > 0,
      without: { ...filter, status: [] },
      clear: { status: [] },
    },
  ].filter((part) => part.isSet);
  const counts = useQueries({
    queries: parts.map((part) => ({
      queryKey: ['without', namespace, part.key, part.without],
      queryFn: async () => {
        const { startedFrom, startedTo, ...rest } = part.without;
        const counted = await api.workflow.count.query({
          namespace,
          filter: {
            ...rest,
            status: [...rest.status],
            ...(startedFrom === undefined ? {} : { startedFrom }),
            ...(startedTo === undefined ? {} : { startedTo }),
          },
        });
        return rest.status.length === 0 ? counted.total : rest.status.reduce((sum, one) => sum + (counted.byStatus[one] ?? 0), 0);
      },
      retry: false,
    })),
  });
  const known = useQuery(namespaces()).data?.find(({ name }) => name === namespace);
  // What has come by the time the browser takes this over was not here when it was written.
  const retention = (isLiving ? known?.retentionMs : null) ?? null;
  // The filter that lets the fewest through comes first: without it most would be here.
  const counted = parts
    .map((part, index) => ({ ...part, count: isLiving ? counts[index]?.data : undefined }))
    .toSorted((a, b) => (b.count ?? -1) - (a.count ?? -1));
  const most = counted[0]?.count ?? 0;
  return (
    <Hollow
      title={parts.length === 1 ? 'No run matches.' : `No run matches all ${parts.length} filters.`}
      actions={
        <button className="btn" type="button" onClick={() => void setState(null)}>
          Clear all
        </button>
      }
    >
      <table className="grid wo">
        <thead>
          <tr>
            <th scope="col" style={{ width: '60%' }}>
              Without
            </th>
            <th scope="col" className="num">
              Runs
            </th>
            <th scope="col" className="num">
              <span className="sr">Action</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {counted.map((part) => (
            <tr key={part.key}>
              <td>
                {part.label} {parts.length > 1 && most > 0 && part.count === most ? <span className="dim">hides the most</span> : null}
              </td>
              <td className="num">{part.count === undefined ? '' : <b>{formatCount(part.count)}</b>}</td>
              <td className="num">
                <button className="linkb" type="button" onClick={() => void setState(part.clear)}>
                  Remove
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {retention === null ? null : (
        <p className="axis">
          Runs that ended more than {formatSpan(retention)} ago are no longer kept in {namespace}.
        </p>
      )}
    </Hollow>
  );
}
