'use client';
import { codecHint, useCodec, useDecoded } from '../../data/codec.ts';
import { usePreference } from '../../data/preferences.ts';
import type { Call } from '../../data/run-calls.ts';
import { toBox } from '../../domain/wire-payload.ts';
import { formatDuration } from '../../lib/duration.ts';
import { formatClock } from '../../lib/time.ts';
import { HiddenNote } from '../../ui/payload/hidden.tsx';
import { PayloadList } from '../../ui/payload/payload-list.tsx';
import { useMaskedText } from '../../ui/payload/use-masked.ts';
import { RevealButton } from '../../ui/reveal-button.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';

const OK = { tone: 'completed', glyph: 'completed', word: 'answered', isCalm: true } as const;
const BAD = { tone: 'failed', glyph: 'failed', word: 'refused', isCalm: false } as const;

interface CallListProps {
  readonly namespace: string;
  readonly calls: readonly Call[];
  readonly onAgain: (call: Call) => void;
}

/** The last calls to a run with what it answered, newest first. */
export function CallList({ namespace, calls, onAgain }: CallListProps) {
  const zone = usePreference('zone');
  return calls.map((call) => (
    <section className="sec" key={call.id}>
      <h2>
        <StatusMark look={call.answer.ok ? OK : BAD} text={call.name} />
        <span className="dim call-w">
          {call.kind}, {formatClock(call.at, zone)}, {formatDuration(call.tookMs)}
        </span>
        <span className="grow" />
        <button className="linkb small" type="button" onClick={() => onAgain(call)} aria-label={`Again: ${call.name}`}>
          Again…
        </button>
      </h2>
      {call.text.trim() === '' ? null : <Said call={call} />}
      <AnswerView namespace={namespace} name={call.name} answer={call.answer} />
    </section>
  ));
}

/** On one line. */
function Said({ call: { kind, name, text } }: { call: Call }) {
  const { text: shown, hidden } = useMaskedText(`${kind} ${name}, arguments`, text);
  const what = `arguments of ${name}`;
  return (
    <>
      <p className="row small call-a">
        <span className="mono dim cut">{shown.trim().replaceAll(/\s+/g, ' ')}</span>
        {hidden.reveal === undefined ? null : <RevealButton name={what} onReveal={hidden.reveal} />}
      </p>
      <HiddenNote hidden={hidden} what={what} isAsked={false} />
    </>
  );
}

export function AnswerView({ namespace, name, answer }: { namespace: string; name: string; answer: Call['answer'] }) {
  const payloads = useDecoded(namespace, answer.ok ? answer.payloads : NOTHING);
  const hint = codecHint(useCodec(namespace));
  if (!answer.ok) return <p className="small mid">{answer.message}</p>;
  return (
    <>
      {answer.note ? <p className="small mid">{answer.note}</p> : null}
      <PayloadList
        label={`Answer of ${name}`}
        payloads={payloads.map((wire) => ({ name: `answer of ${name}`, payload: toBox(wire) }))}
        hint={hint}
      />
    </>
  );
}

const NOTHING: readonly never[] = [];
