import type { ApiOutput } from '../../data/api-client.ts';
import type { Look } from '../../ui/status-mark.tsx';

export type DeploymentRow = ApiOutput['deployment']['list']['deployments'][number];
export type Description = ApiOutput['deployment']['describe'];
export type VersionRow = Description['versions'][number];

const LOOKS: Readonly<Record<VersionRow['status'], Look>> = {
  Current: { tone: 'running', glyph: 'running', word: 'Current', isCalm: true },
  Ramping: { tone: 'running', glyph: 'scheduled', word: 'Ramping', isCalm: true },
  Draining: { tone: 'retrying', glyph: 'retrying', word: 'Draining', isCalm: true },
  Drained: { tone: 'completed', glyph: 'completed', word: 'Drained', isCalm: true },
  Inactive: { tone: 'scheduled', glyph: 'scheduled', word: 'Inactive', isCalm: true },
};

/** Runs that are bound to a version whose workers are gone do not move. */
export function versionLook({ status, detail }: Pick<VersionRow, 'status'> & Partial<Pick<VersionRow, 'detail'>>): Look {
  const isNeeded = status === 'Current' || status === 'Ramping' || (detail?.pinned ?? 0) > 0;
  if (!detail || detail.pollers > 0 || !isNeeded) return LOOKS[status];
  return { tone: 'failed', glyph: 'taskfail', word: `${LOOKS[status].word}, nobody polls`, isCalm: false };
}

/** The builds that work goes to, in words. */
export const rampWords = ({ ramp }: Pick<DeploymentRow, 'ramp'>): string =>
  ramp === null ? '' : `${ramp.build ?? 'without a version'} ${ramp.percentage} %`;
