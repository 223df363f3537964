'use client';
import { useQueryStates } from 'nuqs';
import { useMemo } from 'react';
import { useRunParams } from '../../data/run-params.ts';
import { compareParsers } from '../../data/run-tab-state.ts';
import { useRunView } from '../../data/run-view.ts';
import { parseRunName } from '../../domain/run-name.ts';
import { CompareView } from './compare-view.tsx';
import { OtherRunPicker } from './other-run-picker.tsx';
import './run-compare.css';

/** This run beside another one; which one, the address says. */
export function RunCompare() {
  const run = useRunParams();
  const view = useRunView(run);
  const [{ with: other }, setState] = useQueryStates(compareParsers, { history: 'push', scroll: false });
  const name = useMemo(() => parseRunName(other), [other]);
  const namespace = run.namespace;
  const target = useMemo(() => (name === undefined || name.runId === '' ? undefined : { namespace, ...name }), [name, namespace]);
  if (target === undefined || target.runId === run.runId)
    return (
      <OtherRunPicker
        key={other}
        view={view}
        asked={target === undefined ? other : ''}
        onChoose={({ workflowId, runId }) => void setState({ with: `${workflowId}/${runId}` })}
      />
    );
  return <CompareView key={target.runId} a={view} other={target} onChange={() => void setState({ with: null })} />;
}
