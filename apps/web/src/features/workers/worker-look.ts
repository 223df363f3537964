/** What a worker's state looks like, from its own word and from how long it has said nothing. */
import { SILENT_MS } from '../../domain/attention.ts';

export interface WorkerLook {
  readonly tone: string;
  readonly glyph: 'running' | 'completed' | 'paused' | 'scheduled';
  readonly word: string;
  readonly isCalm: boolean;
}

const LOOKS: Readonly<Record<string, WorkerLook>> = {
  Running: { tone: 'completed', glyph: 'completed', word: 'Running', isCalm: true },
  ShuttingDown: { tone: 'paused', glyph: 'paused', word: 'Shutting down', isCalm: false },
  Shutdown: { tone: 'canceled', glyph: 'paused', word: 'Shut down', isCalm: true },
};
const UNKNOWN: WorkerLook = { tone: 'scheduled', glyph: 'scheduled', word: 'Unknown', isCalm: true };
const SILENT: WorkerLook = { tone: 'retrying', glyph: 'scheduled', word: 'Silent', isCalm: false };

export function workerLook(
  { status, heartbeatAt }: { readonly status: string; readonly heartbeatAt: number | null },
  now: number,
): WorkerLook {
  const isSilent = status === 'Running' && heartbeatAt !== null && now - heartbeatAt > SILENT_MS;
  return isSilent ? SILENT : (LOOKS[status] ?? UNKNOWN);
}
