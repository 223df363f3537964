'use client';
import { JsonField } from '../json-field.tsx';
import type { JsonFieldProps } from '../json-field.tsx';
import { JsonView } from '../json-view.tsx';
import { HiddenNote } from './hidden.tsx';
import { useMaskedText } from './use-masked.ts';

interface FilledJsonFieldProps extends JsonFieldProps {
  /** What was put here from elsewhere; undefined where its reader wrote all of it. */
  readonly filled: string | undefined;
  /** Where that stood, told to the audit when somebody reveals it: `event 1, input`. */
  readonly place: string;
}

/**
 * A field of JSON that may begin with what came from elsewhere. While that holds secrets it stays shut, and is sent as it is: a place that
 * stands for a secret could be moved under another key, and the secret would be read there without a word in the audit.
 */
export function FilledJsonField({ filled, place, ...field }: FilledJsonFieldProps) {
  const { text, hidden } = useMaskedText(place, filled ?? '');
  if (!hidden.isHidden || field.value !== filled) return <JsonField {...field} />;
  const { id, label, isLabelShown = false, error, onChange } = field;
  const what = label.replace(/, JSON$/, '').toLowerCase();
  return (
    <div className={`fld ${error ? 'err' : ''}`}>
      {isLabelShown ? <span className="fld-l">{label}</span> : null}
      <JsonView text={text} label={label} />
      <p id={`${id}-m`} className={error ? 'msg' : 'hint'} role={error ? 'alert' : undefined}>
        {error ?? 'It holds secrets: it is sent as it is, and edited once it is revealed.'}
      </p>
      <p className="row small">
        {hidden.reveal === undefined ? null : (
          <button className="linkb" type="button" aria-label={`Reveal ${what}`} onClick={hidden.reveal}>
            Reveal
          </button>
        )}
        <button className="linkb" type="button" aria-label={`Write another ${what}`} onClick={() => onChange('')}>
          Write another
        </button>
      </p>
      <HiddenNote hidden={hidden} what={what} isAsked={false} />
    </div>
  );
}
