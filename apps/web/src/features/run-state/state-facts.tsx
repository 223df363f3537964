'use client';
import Link from 'next/link';
import { useMemo, useState } from 'react';
import { paths } from '../../data/paths.ts';
import type { RunId } from '../../data/queries.ts';
import { isBody } from '../../domain/payload-json.ts';
import type { Compared, ComparedFact } from '../../domain/state-difference.ts';
import type { Section, StateFact } from '../../domain/state-view.ts';
import { SECTIONS } from '../../domain/state-view.ts';
import { parseExact, stringifyExact } from '../../lib/exact-json.ts';
import { cx } from '../../lib/text.ts';
import { HiddenNote } from '../../ui/payload/hidden.tsx';
import { useMasked } from '../../ui/payload/use-masked.ts';
import { RevealButton } from '../../ui/reveal-button.tsx';
import { Segmented } from '../../ui/segmented.tsx';

interface Props {
  readonly run: RunId;
  readonly compared: Compared;
  readonly isReading: boolean;
  readonly base: number;
}

const isRead: readonly Section[] = ['Search attributes', 'Memo'];

/** What the engine remembers of the run beside what is open. */
export function StateFacts({ run, compared, isReading, base }: Props) {
  const [show, setShow] = useState<'all' | 'changed'>('all');
  const changed = compared.facts.filter((one) => one.change !== undefined).length;
  const facts = show === 'all' ? compared.facts : compared.facts.filter((one) => one.change !== undefined);
  return (
    <section className="col" aria-labelledby="state-facts">
      <header>
        <h2 id="state-facts">Engine state</h2>
        <span className="axis">folded from history, no worker needed</span>
        <span className="grow" />
        <Segmented
          label="Show"
          value={show}
          options={[
            { value: 'all', label: 'All' },
            { value: 'changed', label: `Changed ${changed}` },
          ]}
          onChange={setShow}
        />
      </header>
      <div className="scroll" tabIndex={0} role="group" aria-label="Engine state">
        {SECTIONS.map((section) => {
          const own = facts.filter((one) => one.fact.section === section);
          const isPending = isReading && isRead.includes(section);
          if (own.length === 0 && show === 'changed') return null;
          return (
            <section key={section}>
              <h3>
                {section} {isPending ? <span className="dim">being read…</span> : null}
              </h3>
              {own.length === 0 && !isPending ? <p className="mid none">None.</p> : null}
              {own.map((one) => (
                <Fact key={one.fact.name} run={run} one={one} />
              ))}
            </section>
          );
        })}
        {facts.length === 0 ? <p className="mid">Nothing here is other than after event {base}.</p> : null}
      </div>
    </section>
  );
}

function Fact({ run, one: { fact, was, change } }: { run: RunId; one: ComparedFact }) {
  const isGone = change === 'gone';
  const linked = isGone ? undefined : fact.eventId;
  return (
    <div className={cx('pv', change !== undefined && 'ch')}>
      <span className="pk mono cut" title={fact.name}>
        {fact.name}
      </span>
      <span className="pvv mono">
        {isGone ? <span className="dim">removed</span> : <FactText fact={fact} text={fact.text} ink={inkOf(fact.text, fact.isJson)} />}
      </span>
      <span className={cx('was small', linked === undefined && 'wide')}>
        {change === 'new' ? <span className="dim">new</span> : null}
        {was === undefined ? null : (
          <>
            <span className="dim">was</span>{' '}
            <span className="mono">
              <FactText fact={fact} text={was} ink={undefined} of=" before" />
            </span>
          </>
        )}
      </span>
      {linked === undefined ? null : (
        <Link className="mono dim quietl nid" href={paths.event(run, linked)} aria-label={`${fact.name}: event ${linked}`}>
          #{linked}
        </Link>
      )}
    </div>
  );
}

interface FactTextProps {
  readonly fact: StateFact;
  readonly text: string;
  readonly ink: string | undefined;
  /** Told with the name of what can be revealed. */
  readonly of?: string;
}

/** What is JSON was written by people or their code, and its keys may call it a secret. */
function FactText({ fact: { name, section, isJson }, text, ink, of = '' }: FactTextProps) {
  const named = useMemo(() => ({ [name]: isJson ? parseExact(text)?.value : undefined }), [name, isJson, text]);
  const { value, hidden } = useMasked(`${section.toLowerCase()}, ${name}`, named);
  const shown = hidden.isHidden && isBody(value) ? stringifyExact(value[name], 0) : text;
  return (
    <>
      <span className={cx('fact-t', ink)} title={shown}>
        {shown}
      </span>
      {hidden.reveal === undefined ? null : <RevealButton name={`${name}${of}`} onReveal={hidden.reveal} />}
      <HiddenNote hidden={hidden} what={name} isAsked={false} />
    </>
  );
}

const inkOf = (text: string, isJson: boolean): string | undefined =>
  isJson && text.startsWith('"') ? 'cs' : /^[\d.\u00a0]+$/.test(text) || isJson ? 'cn' : undefined;
