import type { GlyphName } from '../../ui/icon.tsx';
import type { Finding } from './why-action.tsx';

/** A reason looks like the state it explains; one that is as it was written is calm. */
export function glyphOf({ code, severity }: Pick<Finding, 'code' | 'severity'>): GlyphName {
  if (code === 'run-paused' || code === 'activity-paused') return 'paused';
  if (code.startsWith('task-') && severity === 'stuck') return 'taskfail';
  return severity === 'waiting' ? 'scheduled' : 'retrying';
}

export const toneOf = (finding: Pick<Finding, 'code' | 'severity'>): string => glyphOf(finding);
