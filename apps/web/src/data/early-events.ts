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
  let keysKept = 0;
  /** Nobody else hears it: a part of the page may answer already, and would then do the same twice. */
  const keep = (event: Event, one: () => void) => {
    event.stopImmediatePropagation();
    again.push(one);
  };
  const nameOf = (element: Element) => element.getAttribute('aria-label') ?? element.textContent;
  /** Where it stands by then: a part that was drawn anew holds another one of the same name. */
  const refinder = <E extends Element>(element: E, kind: string) => {
    const name = nameOf(element);
    return () => (element.isConnected ? element : [...document.querySelectorAll<E>(kind)].find((one) => nameOf(one) === name));
  };
  const pressedBy = (event: Event) => (event.isTrusted ? (event.target as Element).closest<HTMLElement>(PRESSED) : null);
  const onPress = (event: Event) => {
    if (pressedBy(event) !== null) event.stopImmediatePropagation();
  };
  const onClick = (event: Event) => {
    const pressed = pressedBy(event);
    if (pressed === null) return;
    event.preventDefault();
    const find = refinder(pressed, PRESSED);
    keep(event, () => find()?.click());
  };
  const onInput = (event: Event) => {
    const field = event.target as HTMLInputElement;
    if (!event.isTrusted || !field.matches(FIELDS)) return;
    const isFirst = !typed.has(field);
    typed.set(field, field.value);
    if (!isFirst) {
      event.stopImmediatePropagation();
      return;
    }
    const find = refinder(field, FIELDS);
    keep(event, () => {
      const text = typed.get(field);
      typed.delete(field);
      const now = find();
      if (now === undefined) return;
      // React takes a change for one only if the field says something else than React heard from it last.
      now.value = '';
      Object.getOwnPropertyDescriptor(Object.getPrototypeOf(now), 'value')?.set?.call(now, text);
      now.dispatchEvent(new Event('input', { bubbles: true }));
      now.dispatchEvent(new Event('change', { bubbles: true }));
    });
  };
  const onSubmit = (event: Event) => {
    if (!event.isTrusted) return;
    event.preventDefault();
    keep(event, () => (event.target as HTMLFormElement).requestSubmit());
  };
  const onKey = (event: KeyboardEvent) => {
    const { key, code, ctrlKey, metaKey, shiftKey, altKey } = event;
    const isCommand = ctrlKey || metaKey;
    const isInField = (event.target as Element).closest(FIELDS) !== null;
    const writes = !isCommand && key.length === 1;
    // One of those that wait may lead into this very field: what is written after it is written after it.
    const isLater = isInField && writes && keysKept > 0;
    // Keys that move the focus or belong to what has it are the browser's.
    const isOthers =
      /^(Tab|Shift|Control|Meta|Alt)$/.test(key) || (!isCommand && (isInField || (event.target as Element).closest('a,button') !== null));
    if (!event.isTrusted || (isOthers && !isLater)) return;
    if (isLater || (isCommand && key.toLowerCase() === 'k')) event.preventDefault();
    const init = { key, code, ctrlKey, metaKey, shiftKey, altKey, bubbles: true, cancelable: true };
    keysKept += 1;
    keep(event, () => {
      keysKept -= 1;
      const focused = document.activeElement ?? document.body;
      const isUntouched = focused.dispatchEvent(new KeyboardEvent('keydown', init));
      // A key before this one may have led into a field. Deprecated, and the one way to write as a hand does.
      if (isUntouched && writes && focused.matches(FIELDS)) document.execCommand('insertText', false, key);
    });
  };
  const listening = new AbortController();
  const options = { capture: true, signal: listening.signal };
  for (const type of ['pointerdown', 'mousedown', 'pointerup', 'mouseup']) document.addEventListener(type, onPress, options);
  document.addEventListener('click', onClick, options);
  document.addEventListener('input', onInput, options);
  document.addEventListener('submit', onSubmit, options);
  document.addEventListener('keydown', onKey, options);
  window.earlyEvents = { again, stop: () => listening.abort() };
}

export const earlyScript = `(${keepEarlyEvents.toString()})()`;

const IDLE_MS = 200;
/** Not every browser says when it is idle. */
const whenIdle = (next: () => void): void =>
  void ('requestIdleCallback' in window ? window.requestIdleCallback(next, { timeout: IDLE_MS }) : setTimeout(next, 0));

/**
 * Call when the page begins to answer. Its parts do so one after the other, so what was kept waits until all code is there, and each is
 * done after what the one before it changed was drawn.
 */
export function repeatEarlyEvents(): void {
  const early = window.earlyEvents;
  if (early === undefined) return;
  const repeat = (): void => {
    const one = early.again.shift();
    if (one === undefined) {
      early.stop();
      delete window.earlyEvents;
      return;
    }
    one();
    setTimeout(repeat);
  };
  const begin = (): void => whenIdle(() => whenIdle(repeat));
  if (document.readyState === 'complete') begin();
  else window.addEventListener('load', begin, { once: true });
}
