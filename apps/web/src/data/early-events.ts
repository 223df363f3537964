/**
 * A page is seen before its code runs, and on a slow machine people are faster than the code. What they press and type until then is kept
 * by a script in the first HTML and done again once somebody answers; links work by themselves.
 */
interface EarlyEvents {
  /** In their order. */
  readonly again: (() => void)[];
  readonly stop: () => void;
}

declare global {
  interface Window {
    earlyEvents?: EarlyEvents;
  }
}

/** Runs in the browser as text: it must use nothing from outside itself. */
function keepEarlyEvents(): void {
  const FIELDS = 'input:not([type=checkbox],[type=radio]),textarea,select';
  const PRESSED = 'button,summary,[role=button],[role=tab],[role=option],[role=menuitem],input[type=checkbox],input[type=radio]';
  const again: (() => void)[] = [];
  const typed = new Map<Element, string>();
  const onClick = (event: Event) => {
    const pressed = (event.target as Element).closest<HTMLElement>(PRESSED);
    if (pressed === null) return;
    event.preventDefault();
    again.push(() => pressed.click());
  };
  const onInput = (event: Event) => {
    const field = event.target as HTMLInputElement;
    if (!field.matches(FIELDS)) return;
    if (!typed.has(field))
      again.push(() => {
        // React takes a change for one only if the field says something else than React heard from it last.
        field.value = '';
        Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value')?.set?.call(field, typed.get(field));
        field.dispatchEvent(new Event('input', { bubbles: true }));
        field.dispatchEvent(new Event('change', { bubbles: true }));
      });
    typed.set(field, field.value);
  };
  const onSubmit = (event: Event) => {
    event.preventDefault();
    again.push(() => (event.target as HTMLFormElement).requestSubmit());
  };
  const onKey = (event: KeyboardEvent) => {
    const { key, code, ctrlKey, metaKey, shiftKey, altKey } = event;
    const isCommand = ctrlKey || metaKey;
    // Keys that move the focus or belong to what has it are the browser's.
    if (/^(Tab|Shift|Control|Meta|Alt)$/.test(key) || (!isCommand && (event.target as Element).closest(`a,button,${FIELDS}`) !== null))
      return;
    if (isCommand && key.toLowerCase() === 'k') event.preventDefault();
    const init = { key, code, ctrlKey, metaKey, shiftKey, altKey, bubbles: true, cancelable: true };
    again.push(() => (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent('keydown', init)));
  };
  const listening = new AbortController();
  const options = { capture: true, signal: listening.signal };
  document.addEventListener('click', onClick, options);
  document.addEventListener('input', onInput, options);
  document.addEventListener('submit', onSubmit, options);
  document.addEventListener('keydown', onKey, options);
  window.earlyEvents = { again, stop: () => listening.abort() };
}

export const earlyScript = `(${keepEarlyEvents.toString()})()`;

/** Call once the page answers. */
export function repeatEarlyEvents(): void {
  const { again = [], stop } = window.earlyEvents ?? {};
  stop?.();
  delete window.earlyEvents;
  for (const one of again) one();
}
