'use client';
import { useQueryStates } from 'nuqs';
import { fileOf } from '../../data/paths.ts';
import { resetParsers } from '../../data/run-tab-state.ts';
import type { RunView } from '../../data/run-view.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { Fact } from './fact.tsx';

/** Opens the dialog of a reset at a choice of `domain/reset-plan.ts`. A file cannot be reset. */
export function ResetFact({ view, choice, words }: { view: RunView; choice: string; words: string }) {
  const [, setState] = useQueryStates(resetParsers, { history: 'replace', scroll: false });
  if (fileOf(view.run.namespace) !== undefined) return null;
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
