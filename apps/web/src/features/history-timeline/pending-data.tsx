'use client';
import { useQuery } from '@tanstack/react-query';
import { codecHint, useCodec, useDecoded } from '../../data/codec.ts';
import type { RunId } from '../../data/queries.ts';
import { rawDescription } from '../../data/queries.ts';
import { isBody } from '../../domain/payload-json.ts';
import { payloadsIn, toBox } from '../../domain/wire-payload.ts';
import { PayloadList } from '../../ui/payload/payload-list.tsx';

/** What an activity that has not ended has left so far: the details of its last failure, and its last heartbeat. */
export function PendingData({ run, activityId }: { run: RunId; activityId: string }) {
  const { data } = useQuery(rawDescription(run, true));
  const all: readonly unknown[] = isBody(data) && Array.isArray(data['pendingActivities']) ? data['pendingActivities'] : [];
  const found = all.find((one) => isBody(one) && one['activityId'] === activityId);
  const { lastFailure, heartbeatDetails } = isBody(found) ? found : {};
  const decoded = useDecoded(run.namespace, isBody(found) ? { lastFailure, heartbeatDetails } : undefined);
  const hint = codecHint(useCodec(run.namespace));
  const payloads = payloadsIn(decoded).map(({ name, wire }) => ({ name, payload: toBox(wire) }));
  if (payloads.length === 0) return null;
  return (
    <section className="sec">
      <h3>So far</h3>
      <PayloadList label="So far" payloads={payloads} hint={hint} isNamed />
    </section>
  );
}
