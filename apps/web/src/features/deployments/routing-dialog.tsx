'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { api, toProblem } from '../../data/api-client.ts';
import type { Change } from '../../domain/deployment-change.ts';
import { changeWords, missingQueues } from '../../domain/deployment-change.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { focusFault } from '../../ui/focus-fault.ts';
import { tell } from '../../ui/toasts.tsx';
import type { Description } from './version-look.ts';

interface RoutingDialogProps {
  readonly namespace: string;
  readonly data: Description;
  readonly change: Change;
  readonly onClose: () => void;
}
type Faults = Partial<Record<'percentage' | 'reason' | 'send', string>>;

/** One change of a deployment, with what will come of it and why it is made. */
export function RoutingDialog({ namespace, data, change, onClose }: RoutingDialogProps) {
  const id = useId();
  const client = useQueryClient();
  const [percentage, setPercentage] = useState(String(data.ramp?.percentage ?? 10));
  const [reason, setReason] = useState('');
  const [faults, setFaults] = useState<Faults>({});
  const [isSending, setSending] = useState(false);
  const words = changeWords(data, change);
  const send = async () => {
    const share = Number(percentage);
    const isShare = percentage.trim() !== '' && share >= 0 && share <= 100;
    const found: Faults = {
      ...(change.kind === 'ramp' && !isShare ? { percentage: 'Write a number from 0 to 100.' } : {}),
      ...(reason.trim() === '' ? { reason: 'Say why: the reason is kept in the audit.' } : {}),
    };
    setFaults(found);
    if (Object.keys(found).length > 0) return focusFault(id, found);
    setSending(true);
    try {
      await carryOut({ namespace, data, change, share, reason });
      tell(words.done);
      await client.invalidateQueries({ queryKey: ['deployment', namespace, data.name] });
      await client.invalidateQueries({ queryKey: ['deployments', namespace] });
      onClose();
    } catch (error) {
      setFaults({ send: toProblem(error).message });
      setSending(false);
    }
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={words.title}
      footer={
        <>
          <button className="btn quiet" type="button" onClick={onClose}>
            {words.keep}
          </button>
          <button
            className={change.kind === 'remove' ? 'btn danger' : 'btn primary'}
            type="button"
            disabled={isSending}
            onClick={() => void send()}
          >
            {words.button}
          </button>
        </>
      }
    >
      {words.effects.map((effect) => (
        <p key={effect} className="mid">
          {effect}
        </p>
      ))}
      {change.kind === 'ramp' ? (
        <Field
          id={`${id}-percentage`}
          label="Share of the workflows, in percent"
          value={percentage}
          fault={faults.percentage}
          isNumber
          onChange={setPercentage}
        />
      ) : null}
      <Field id={`${id}-reason`} label="Reason, kept in the audit" value={reason} fault={faults.reason} onChange={setReason} />
      {faults.send ? (
        <p className="fail st-failed" role="alert">
          <b>The server refused</b>
          <span className="mid">{faults.send}</span>
        </p>
      ) : null}
    </Dialog>
  );
}

interface FieldProps {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly fault: string | undefined;
  readonly isNumber?: boolean;
  readonly onChange: (value: string) => void;
}

function Field({ id, label, value, fault, isNumber = false, onChange }: FieldProps) {
  return (
    <div className={`fld ${fault ? 'err' : ''}`}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className={isNumber ? 'input mono' : 'input'}
        value={value}
        maxLength={1000}
        inputMode={isNumber ? 'decimal' : undefined}
        autoComplete="off"
        aria-invalid={fault !== undefined}
        onChange={(event) => onChange(event.target.value)}
      />
      {fault === undefined ? null : (
        <p className="msg" role="alert">
          {fault}
        </p>
      )}
    </div>
  );
}

interface Carried {
  readonly namespace: string;
  readonly data: Description;
  readonly change: Change;
  readonly share: number;
  readonly reason: string;
}

function carryOut({ namespace, data, change, share, reason }: Carried): Promise<void> {
  const { name, token } = data;
  if (change.kind === 'remove') return api.deployment.removeVersion.mutate({ namespace, name, build: change.build, reason });
  const build = change.kind === 'unramp' ? '' : change.build;
  // What is left behind was told before.
  const ignoresMissingQueues = missingQueues(data, build).length > 0;
  const asked = { namespace, name, build, token, reason, ignoresMissingQueues };
  if (change.kind === 'current') return api.deployment.setCurrent.mutate(asked);
  return api.deployment.setRamp.mutate({ ...asked, percentage: change.kind === 'unramp' ? 0 : share });
}
