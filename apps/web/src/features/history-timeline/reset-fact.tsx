'use client';
import { useQueryStates } from 'nuqs';
import Link from 'next/link';
import { fileOf, paths } from '../../data/paths.ts';
import { useRunParams } from '../../data/run-params.ts';
import { resetParsers } from '../../data/run-tab-state.ts';
import type { RunView } from '../../data/run-view.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { Fact } from './fact.tsx';

/** Opens the dialog of a reset at a choice of `domain/reset-plan.ts`. A file cannot be reset. */
export function ResetFact({ view, choice, words }: { view: RunView; choice: string; words: string }) {
  const [, setState] = useQueryStates(resetParsers, { history: 'replace', scroll: false });
  const { runId } = useRunParams();
  if (fileOf(view.run.namespace) !== undefined) return null;
  // The dialog is that of the page's own run.
  if (view.run.runId !== runId) return <Fact name="Go back" value={<Link href={paths.reset(view.run, choice)}>{words}</Link>} />;
  return (
    <Fact
      name="Go back"
      value={
        <ActButton className="linkb" onClick={() => void setState({ reset: choice })}>
          {words}
        </ActButton>
      }
    />
  );
}
