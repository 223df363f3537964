import { CopyButton } from './copy-button.tsx';

export interface Step {
  readonly title: string;
  readonly command?: string;
  readonly note?: string;
}

/** What to do, in its order, with commands to copy. */
export function Steps({ steps }: { steps: readonly Step[] }) {
  return (
    <ol className="st3">
      {steps.map((step, index) => (
        <li key={step.title}>
          <span className="no">{index + 1}</span>
          <div>
            <b>{step.title}</b>
            {step.command ? (
              <div className="cmdb">
                <code>{step.command}</code>
                <CopyButton text={step.command} what="command" />
              </div>
            ) : null}
            {step.note ? (
              <p className="small dim" style={{ marginTop: 6 }}>
                {step.note}
              </p>
            ) : null}
          </div>
        </li>
      ))}
    </ol>
  );
}
