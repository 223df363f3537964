'use client';
import { usePreference } from '../../data/preferences.ts';
import type { RunView } from '../../data/run-view.ts';
import { Glyph, Icon } from '../../ui/icon.tsx';
import { Inspector } from '../../ui/inspector.tsx';
import { Phrases } from '../../ui/phrases.tsx';
import type { ActionName } from './action-dialogs.tsx';
import { glyphOf, toneOf } from './why-look.ts';
import type { Finding } from './why-action.tsx';
import { WhyActionButton } from './why-action.tsx';

interface WhyInspectorProps {
  readonly view: RunView;
  readonly findings: readonly Finding[];
  readonly now: number;
  readonly onAct: (name: ActionName) => void;
  readonly onClose: () => void;
}

/** All reasons why a run does not move, each with what it was concluded from. */
export function WhyInspector({ view, findings, now, onAct, onClose }: WhyInspectorProps) {
  const zone = usePreference('zone');
  return (
    <Inspector label="Inspector: why it is not moving">
      <div className="insp-head">
        <div className="row">
          <h2 className="cut">Why it is not moving</h2>
          <span className="grow" />
          <button className="btn quiet icon" type="button" aria-label="Close inspector" onClick={onClose}>
            <Icon name="x" />
          </button>
        </div>
        <div className="row small mid">{findings.length === 1 ? 'One reason' : `${findings.length} reasons, the most important first`}</div>
      </div>
      <div className="scroll" tabIndex={0} role="region" aria-label="Reasons">
        {findings.map((finding, index) => (
          // Reasons come and go as a whole with each answer; their order is all that tells them apart.
          <section className="sec whysec" key={index}>
            <p className={`st-${toneOf(finding)}`}>
              <Glyph name={glyphOf(finding)} />
              <span>
                <Phrases phrases={finding.sentence} now={now} zone={zone} />
              </span>
            </p>
            <dl className="kv">
              {finding.evidence.map(({ name, value }, at) => (
                <Evidence key={at} name={name}>
                  <Phrases phrases={value} now={now} zone={zone} isPlain />
                </Evidence>
              ))}
            </dl>
            {finding.actions.length === 0 ? null : (
              <div className="row">
                {finding.actions.map((action) => (
                  <WhyActionButton key={action.kind} view={view} action={action} onAct={onAct} />
                ))}
              </div>
            )}
          </section>
        ))}
      </div>
    </Inspector>
  );
}

function Evidence({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}
