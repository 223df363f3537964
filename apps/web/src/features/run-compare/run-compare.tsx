'use client';
import { useQueryStates } from 'nuqs';
import { useMemo } from 'react';
import { useRunParams } from '../../data/run-params.ts';
import { compareParsers } from '../../data/run-tab-state.ts';
import { useRunView } from '../../data/run-view.ts';
import { parseRunName } from '../../domain/run-name.ts';
import { useShortcuts } from '../../ui/shortcuts.ts';
import { BaselineView } from './baseline-view.tsx';
import { CompareView } from './compare-view.tsx';
import { OtherRunPicker } from './other-run-picker.tsx';
import './run-compare.css';

/** This run beside another one, or beside what is usual; which, the address says. */
export function RunCompare() {
  const run = useRunParams();
  const view = useRunView(run);
  const [{ with: other, mode }, setState] = useQueryStates(compareParsers, { history: 'push', scroll: false });
  const name = useMemo(() => parseRunName(other), [other]);
  const namespace = run.namespace;
  const target = useMemo(() => (name === undefined || name.runId === '' ? undefined : { namespace, ...name }), [name, namespace]);
  const toBaseline = () => void setState({ mode: 'baseline' });
  useShortcuts([{ keys: 'b', shown: 'b', label: 'Beside the last successes of the type', scope: 'Compare', run: toBaseline }]);
  if (mode === 'baseline') return <BaselineView view={view} onChange={() => void setState({ mode: null, with: null })} />;
  if (target === undefined || target.runId === run.runId)
    return (
      <OtherRunPicker
        key={other}
        view={view}
        asked={target === undefined ? other : ''}
        onChoose={({ workflowId, runId }) => void setState({ with: `${workflowId}/${runId}` })}
        onBaseline={toBaseline}
      />
    );
  return <CompareView key={target.runId} a={view} other={target} onChange={() => void setState({ with: null })} />;
}
