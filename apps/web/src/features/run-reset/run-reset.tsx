'use client';
import { useQueryStates } from 'nuqs';
import { useRunParams } from '../../data/run-params.ts';
import { ANY_RESET, resetParsers } from '../../data/run-tab-state.ts';
import { useRunView } from '../../data/run-view.ts';
import { useRefusal } from '../../ui/rights.ts';
import { useShortcuts } from '../../ui/shortcuts.ts';
import { tell } from '../../ui/toasts.tsx';
import { ResetDialog } from './reset-dialog.tsx';
import './run-reset.css';

/** The reset of a run, which any part of its page opens by its address. */
export function RunReset() {
  const view = useRunView(useRunParams());
  const [{ reset }, setState] = useQueryStates(resetParsers, { history: 'replace', scroll: false });
  const refusal = useRefusal('write');
  const open = () => (refusal === undefined ? void setState({ reset: ANY_RESET }) : tell(refusal));
  useShortcuts([{ keys: 'a r', shown: 'a r', label: 'Reset', scope: 'Run', run: open, isAction: true, needs: 'write' }]);
  if (reset === null || view.isLoading || view.events.length === 0) return null;
  return <ResetDialog key={reset} view={view} asked={reset} onClose={() => void setState({ reset: null })} />;
}
