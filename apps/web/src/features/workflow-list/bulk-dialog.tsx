'use client';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { api, toProblem } from '../../data/api-client.ts';
import type { ListFilterState } from '../../data/list-address.ts';
import { useEnvironment } from '../../data/environment.ts';
import { parseArguments } from '../../domain/arguments.ts';
import type { ChosenRun, RunSelection } from '../../domain/run-selection.ts';
import { isOpen } from '../../domain/status.ts';
import { formatCount, plural } from '../../lib/number.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { BulkField } from './bulk-field.tsx';
import type { Particulars } from './bulk-particulars.tsx';
import { BulkParticulars } from './bulk-particulars.tsx';
import { BulkPreview } from './bulk-preview.tsx';
import type { BulkKind } from './bulk-words.ts';
import { BULK, TYPED_FROM } from './bulk-words.ts';

const SAMPLE = 8;
/** Runs per second that the api takes. */
const PACE_MAX = 10_000;
type Field = 'reason' | 'signal' | 'input' | 'typed' | 'pace';
type Operation = Parameters<typeof api.batch.start.mutate>[0]['operation'];

export interface BulkTarget {
  readonly namespace: string;
  readonly filter: ListFilterState;
  readonly selection: RunSelection;
}

export interface StartedBulk {
  readonly jobId: string;
  readonly kind: BulkKind;
}

interface BulkDialogProps {
  readonly target: BulkTarget;
  readonly kind: BulkKind;
  readonly onClose: () => void;
  readonly onStarted: (started: StartedBulk) => void;
}

/** Shows what would be touched, asks why, and begins one batch operation. */
export function BulkDialog({ target, kind, onClose, onStarted }: BulkDialogProps) {
  const id = useId();
  const words = BULK[kind];
  const preview = usePreview(target);
  const [reason, setReason] = useState('');
  const [particulars, setParticulars] = useState<Particulars>({ signal: '', input: '', to: 'last' });
  const [typed, setTyped] = useState('');
  const [pace, setPace] = useState('');
  const [fault, setFault] = useState<{ readonly at: Field | 'server'; readonly message: string }>();
  const [isSending, setSending] = useState(false);
  const counts = Object.entries(preview?.byStatus ?? {});
  const touched = counts.reduce((sum, [status, count]) => sum + (words.isOpenOnly && !isOpen(status) ? 0 : count), 0);
  const isGuarded = useEnvironment()?.isGuarded === true;
  const wantsNumber = words.isGrave && (isGuarded || touched >= TYPED_FROM);
  const problemAt = (at: Field) => (fault?.at === at ? fault.message : undefined);
  const send = async () => {
    const values = parseArguments(kind === 'signal' ? particulars.input : '');
    if (kind === 'signal' && particulars.signal.trim() === '') return setFault({ at: 'signal', message: 'Which signal?' });
    if (!values.ok) return setFault({ at: 'input', message: values.message });
    if (reason.trim() === '') return setFault({ at: 'reason', message: 'Why? The reason is kept with the batch.' });
    if (wantsNumber && typed.replaceAll(/\D/g, '') !== String(touched))
      return setFault({ at: 'typed', message: `Type ${touched} to go on.` });
    const perSecond = Number(pace);
    if (!(perSecond >= 0 && perSecond <= PACE_MAX)) return setFault({ at: 'pace', message: `A number from 1 to ${PACE_MAX}, or nothing.` });
    const operation = operationOf(kind, { name: particulars.signal.trim(), input: values.values, to: particulars.to });
    setFault(undefined);
    setSending(true);
    try {
      const { jobId } = await api.batch.start.mutate({
        namespace: target.namespace,
        target: toTarget(target),
        operation,
        reason,
        perSecond,
      });
      onStarted({ jobId, kind });
    } catch (error) {
      setFault({ at: 'server', message: toProblem(error).message });
      setSending(false);
    }
  };
  return (
    <Dialog
      isOpen
      isWide
      onClose={onClose}
      title={preview === undefined ? `${words.title} runs` : `${words.title} ${plural(touched, 'run')}?`}
      footer={
        <>
          <button className="btn quiet" type="button" onClick={onClose}>
            Leave them
          </button>
          <button
            className={words.isGrave ? 'btn danger' : 'btn primary'}
            type="button"
            disabled={isSending || touched === 0}
            onClick={() => void send()}
          >
            {words.title} {preview === undefined ? 'runs' : plural(touched, 'run')}
          </button>
        </>
      }
    >
      <p className="mid">{words.effect}</p>
      <BulkPreview counts={counts} sample={preview?.sample} isOpenOnly={words.isOpenOnly} />
      <BulkParticulars id={id} kind={kind} value={particulars} problemAt={problemAt} onChange={setParticulars} />
      <BulkField
        id={`${id}-reason`}
        label="Reason, kept with the batch"
        value={reason}
        problem={problemAt('reason')}
        onChange={setReason}
      />
      <BulkField
        id={`${id}-pace`}
        label="Pace, runs per second; the server’s own when empty"
        value={pace}
        problem={problemAt('pace')}
        onChange={setPace}
        isMono
        inputMode="decimal"
      />
      {wantsNumber ? (
        <BulkField
          id={`${id}-typed`}
          label={`Type ${formatCount(touched)} to confirm`}
          value={typed}
          problem={problemAt('typed')}
          onChange={setTyped}
          isMono
          inputMode="numeric"
        />
      ) : null}
      {fault?.at === 'server' ? (
        <p className="fail st-failed" role="alert">
          <b>The server refused</b>
          <span className="mid">{fault.message}</span>
        </p>
      ) : null}
    </Dialog>
  );
}

const mutable = (filter: ListFilterState) => ({ ...filter, status: [...filter.status] });

interface OperationFacts {
  /** Of a signal. */
  readonly name: string;
  readonly input: Extract<Operation, { kind: 'signal' }>['input'];
  readonly to: Particulars['to'];
}

function operationOf(kind: Operation['kind'], { name, input, to }: OperationFacts): Operation {
  if (kind === 'signal') return { kind, name, input };
  return kind === 'reset' ? { kind, to, keepsMessages: true } : { kind };
}

const toTarget = ({ selection, filter }: BulkTarget) =>
  selection.isEverything
    ? { kind: 'filter' as const, filter: mutable(filter) }
    : { kind: 'runs' as const, runs: [...selection.runs.values()].map(({ workflowId, runId }) => ({ workflowId, runId })) };

interface Preview {
  readonly byStatus: Readonly<Record<string, number>>;
  readonly sample: readonly ChosenRun[];
}

/** Chosen runs are known; what a query would find is asked now, not taken from the page. */
function usePreview({ namespace, filter, selection }: BulkTarget): Preview | undefined {
  const asked = useQuery({
    queryKey: ['bulk-preview', namespace, filter],
    queryFn: async ({ signal }): Promise<Preview> => {
      const [counted, page] = await Promise.all([
        api.workflow.count.query({ namespace, filter: { ...filter, status: [] } }, { signal }),
        api.workflow.list.query({ namespace, filter: mutable(filter), pageSize: SAMPLE }, { signal }),
      ]);
      const wanted = new Set<string>(filter.status);
      const byStatus = Object.entries(counted.byStatus).filter(([status]) => wanted.size === 0 || wanted.has(status));
      return { byStatus: Object.fromEntries(byStatus), sample: page.rows };
    },
    enabled: selection.isEverything,
    gcTime: 0,
    retry: false,
  });
  if (selection.isEverything) return asked.data;
  const byStatus: Record<string, number> = {};
  for (const { status } of selection.runs.values()) byStatus[status] = (byStatus[status] ?? 0) + 1;
  return { byStatus, sample: [...selection.runs.values()].slice(0, SAMPLE) };
}
