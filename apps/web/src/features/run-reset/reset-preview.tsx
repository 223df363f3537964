import type { ReactNode } from 'react';
import type { Group } from '../../domain/event-groups.ts';
import type { ResetPlan } from '../../domain/reset-plan.ts';
import { namesOf } from '../../domain/reset-plan.ts';
import { formatCount, plural } from '../../lib/number.ts';

interface ResetPreviewProps {
  readonly plan: ResetPlan;
  readonly keepsSignals: boolean;
  readonly keepsUpdates: boolean;
  readonly onSignals: (keeps: boolean) => void;
  readonly onUpdates: (keeps: boolean) => void;
}

const named = (groups: readonly Group[]): string => namesOf(groups.map(({ name }) => name));

/** What will be, before anything is. */
export function ResetPreview({ plan, keepsSignals, keepsUpdates, onSignals, onUpdates }: ResetPreviewProps) {
  return (
    <section className="rs-plan" aria-label="What will happen">
      <dl className="kv">
        <Line name="Keeps">{plural(plan.kept, 'event')} of history</Line>
        <Line name="Drops">
          <b>{plural(plan.dropped, 'event')}</b>, from event <span className="mono">{formatCount(plan.finishId)}</span> on
        </Line>
        {plan.again.length === 0 ? null : (
          <Line name="Done again">
            <b>{named(plan.again)}</b> <span className="dim">where the workflow asks for it again</span>
          </Line>
        )}
        {plan.restarted.length === 0 ? null : (
          <Line name="Begins again">
            {named(plan.restarted)} <span className="dim">at attempt 1: its result came later</span>
          </Line>
        )}
        {plan.childrenKept.length === 0 ? null : <Line name="Children kept">{named(plan.childrenKept)}</Line>}
        {plan.childrenLeft.length === 0 ? null : (
          <Line name="Children left">
            {named(plan.childrenLeft)} <span className="dim">the new run does not know them</span>
          </Line>
        )}
        {plan.isCancelDropped ? <Line name="Cancel request">dropped</Line> : null}
      </dl>
      <Messages what="signal" names={plan.signals} keeps={keepsSignals} onChange={onSignals} />
      <Messages what="update" names={plan.updates} keeps={keepsUpdates} onChange={onUpdates} />
      {plan.isContinued ? (
        <p className="axis">Signals and updates of the runs that continue this one are given to the new run too.</p>
      ) : null}
    </section>
  );
}

function Line({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

interface MessagesProps {
  readonly what: 'signal' | 'update';
  readonly names: readonly string[];
  readonly keeps: boolean;
  readonly onChange: (keeps: boolean) => void;
}

function Messages({ what, names, keeps, onChange }: MessagesProps) {
  if (names.length === 0) return null;
  return (
    <label className="rs-p">
      <input className="box" type="checkbox" checked={keeps} onChange={(event) => onChange(event.target.checked)} />
      <span>
        Give the new run {plural(names.length, `later ${what}`)} again: <span className="mono">{namesOf(names)}</span>
      </span>
    </label>
  );
}
