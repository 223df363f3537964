'use client';
import { useEffect, useRef, useState } from 'react';
import { Icon } from '../../ui/icon.tsx';

const TYPE_MS = 150;

/** Asks once the hand rests. */
export function IdSearch({
  value,
  onChange,
  onEnter,
  inputRef,
}: {
  value: string;
  onChange: (value: string) => void;
  /** With what is typed, which is asked for now. */
  onEnter: (value: string) => void;
  inputRef: React.RefObject<HTMLInputElement | null>;
}) {
  const [text, setText] = useState(value);
  const ask = useRef(onChange);
  useEffect(() => {
    ask.current = onChange;
  }, [onChange]);
  // Its own question comes back by the address, later than the next key: only another one is taken over.
  const asked = useRef(value);
  useEffect(() => {
    if (value === asked.current) return;
    asked.current = value;
    setText(value);
  }, [value]);
  // What was typed before the page came to life counts too.
  useEffect(() => setText((now) => inputRef.current?.value || now), [inputRef]);
  // A list that is drawn again meanwhile does not put the question off.
  useEffect(() => {
    const wanted = text.trim();
    if (wanted === value) return undefined;
    const timer = setTimeout(() => {
      asked.current = wanted;
      ask.current(wanted);
    }, TYPE_MS);
    return () => clearTimeout(timer);
  }, [text, value]);
  return (
    <label className="idfind">
      <Icon name="search" small />
      <input
        ref={inputRef}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
          event.preventDefault();
          onChange(text.trim());
          onEnter(text.trim());
        }}
        placeholder="Workflow or run id"
        aria-label="Find by workflow id or run id"
        aria-keyshortcuts="/"
        spellCheck={false}
        autoComplete="off"
      />
      {text === '' ? (
        <span className="kbd" aria-hidden="true">
          /
        </span>
      ) : null}
    </label>
  );
}
