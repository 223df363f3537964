import type { ResetChoice } from '../../domain/reset-plan.ts';
import { STEPS_MAX } from '../../domain/reset-plan.ts';

interface ResetPointsProps {
  readonly choices: readonly ResetChoice[];
  readonly steps: readonly ResetChoice[];
  readonly chosen: string;
  /** Undefined when the run has no such point. */
  readonly choice: ResetChoice | undefined;
  readonly onChoose: (key: string) => void;
}

/** From where: the points with names of their own, and before any step. */
export function ResetPoints({ choices, steps, chosen, choice, onChoose }: ResetPointsProps) {
  const isNamed = choices.some(({ key }) => key === chosen);
  const isTask = choice !== undefined && chosen.startsWith('task:');
  const all = isTask ? [choice, ...choices] : choices;
  const isStep = choice !== undefined && !isNamed && !isTask;
  const listed = isStep && !steps.some(({ key }) => key === choice.key) ? [choice, ...steps] : steps;
  return (
    <fieldset className="rs-from">
      <legend className="fld-l">From where</legend>
      {all.map(({ key, label, note }) => (
        <div key={key} className="rs-p">
          <input id={`reset-${key}`} type="radio" name="reset-from" checked={key === chosen} onChange={() => onChoose(key)} />
          <label htmlFor={`reset-${key}`}>
            <b>{label}</b> <span className="mid">{note}</span>
          </label>
        </div>
      ))}
      {listed.length === 0 ? null : (
        <div className="rs-p">
          <input id="reset-step-r" type="radio" name="reset-from" checked={isStep} onChange={() => onChoose(listed[0]?.key ?? '')} />
          <label htmlFor="reset-step-r">
            <b>Before a step was started</b>
          </label>
          <select
            className="input mono"
            aria-label="Step"
            value={isStep ? choice.key : ''}
            onChange={(event) => onChoose(event.target.value)}
          >
            {isStep ? null : <option value="">choose…</option>}
            {listed.map(({ key, label }) => (
              <option key={key} value={key}>
                {label}
              </option>
            ))}
          </select>
          {steps.length === STEPS_MAX ? <span className="axis">the newest {STEPS_MAX}</span> : null}
        </div>
      )}
      {choice === undefined ? (
        <p className="msg" role="alert">
          This run has no such point any more. Choose another one.
        </p>
      ) : null}
    </fieldset>
  );
}
