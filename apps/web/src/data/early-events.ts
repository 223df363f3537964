/**
 * A page is seen before its code runs, and on a slow machine people are faster than the code. What they press and type until then is kept
 * by a script in the first HTML and done again once somebody answers; links work by themselves.
 */
interface EarlyEvents {
  /** In their order. */
  readonly again: (() => void)[];
  /** A selector of what is pressed. */
  readonly pressed: string;
  readonly stop: () => void;
}

declare global {
  interface Window {
    earlyEvents?: EarlyEvents;
  }
}

/** What the parts of the script share; each of them runs in the browser as text and uses nothing from outside itself. */
interface Keeping {
  readonly fields: string;
  readonly pressed: string;
  /** Nobody else hears the event: a part of the page may answer already, and would then do the same twice. */
  readonly keep: (event: Event, again: () => void) => void;
  /** What is done again is heard by everybody, also where the browser says that a person did it. */
  readonly isRepeating: () => boolean;
  /** Where the element stands by then: a part that was drawn anew holds another one of the same name. */
  readonly refinder: <E extends Element>(element: E, kind: string) => () => E | undefined;
  readonly on: (type: string, listener: (event: Event) => void) => void;
}

function begin(): Keeping {
  const again: (() => void)[] = [];
  let isRepeating = false;
  const listening = new AbortController();
  const pressed = 'button,summary,[role=button],[role=tab],[role=option],[role=menuitem],input[type=checkbox],input[type=radio]';
  window.earlyEvents = { again, pressed, stop: () => listening.abort() };
  const nameOf = (element: Element) => element.getAttribute('aria-label') ?? element.textContent;
  return {
    fields: 'input:not([type=checkbox],[type=radio]),textarea,select',
    pressed,
    keep: (event, one) => {
      event.stopImmediatePropagation();
      again.push(() => {
        isRepeating = true;
        one();
        isRepeating = false;
      });
    },
    isRepeating: () => isRepeating,
    refinder: <E extends Element>(element: E, kind: string) => {
      const name = nameOf(element);
      return () => (element.isConnected ? element : [...document.querySelectorAll<E>(kind)].find((one) => nameOf(one) === name));
    },
    on: (type, listener) => document.addEventListener(type, listener, { capture: true, signal: listening.signal }),
  };
}

function keepPresses({ pressed, keep, isRepeating, refinder, on }: Keeping): void {
  const pressedBy = ({ isTrusted, target }: Event) =>
    isTrusted && target instanceof Element ? target.closest<HTMLElement>(pressed) : null;
  for (const type of ['pointerdown', 'mousedown', 'pointerup', 'mouseup'])
    on(type, (event) => {
      if (pressedBy(event) !== null) event.stopImmediatePropagation();
    });
  on('click', (event) => {
    const element = pressedBy(event);
    if (element === null || !(event instanceof MouseEvent)) return;
    event.preventDefault();
    const find = refinder(element, pressed);
    const { shiftKey, ctrlKey, metaKey, altKey } = event;
    const same = { bubbles: true, cancelable: true, composed: true, view: window, shiftKey, ctrlKey, metaKey, altKey };
    keep(event, () => find()?.dispatchEvent(new MouseEvent('click', same)));
  });
  on('submit', (event) => {
    const form = event.target;
    if (!event.isTrusted || isRepeating() || !(form instanceof HTMLFormElement)) return;
    event.preventDefault();
    keep(event, () => form.requestSubmit());
  });
}

function keepInput({ fields, keep, isRepeating, refinder, on }: Keeping): void {
  const typed = new Map<Element, string>();
  on('input', (event) => {
    const field = event.target;
    const isField = field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement || field instanceof HTMLSelectElement;
    if (!isField || !event.isTrusted || isRepeating() || !field.matches(fields)) return;
    const isFirst = !typed.has(field);
    typed.set(field, field.value);
    if (!isFirst) {
      event.stopImmediatePropagation();
      return;
    }
    const find = refinder(field, fields);
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
  });
}

function keepKeys({ fields, keep, on }: Keeping): void {
  let waiting = 0;
  const stepFocus = (from: Element, by: number) => {
    const stops = [...document.querySelectorAll<HTMLElement>(`a[href],button:enabled,${fields},[tabindex]`)].filter(
      (one) => one.tabIndex >= 0 && (one === from || one.offsetParent !== null),
    );
    stops[stops.findIndex((one) => one === from) + by]?.focus();
  };
  on('keydown', (event) => {
    // What fills in a form for its reader says that a key went down, and not which.
    if (!(event instanceof KeyboardEvent)) return;
    const { key, code, ctrlKey, metaKey, shiftKey, altKey, target } = event;
    const isCommand = ctrlKey || metaKey;
    const writes = !isCommand && key.length === 1;
    // One of those that wait may lead elsewhere: what follows it follows it there.
    const isLater = !isCommand && waiting > 0 && (writes || key === 'Tab' || key === 'Enter');
    // Keys that move the focus or belong to what has it are the browser's.
    const isOthers = key === 'Tab' || (!isCommand && target instanceof Element && target.closest(`a,button,${fields}`) !== null);
    if (!event.isTrusted || /^(Shift|Control|Meta|Alt)$/.test(key) || (isOthers && !isLater)) return;
    if (isLater || (isCommand && key.toLowerCase() === 'k')) event.preventDefault();
    waiting += 1;
    keep(event, () => {
      waiting -= 1;
      const focused = document.activeElement ?? document.body;
      const init = { key, code, ctrlKey, metaKey, shiftKey, altKey, bubbles: true, cancelable: true };
      const isUntouched = focused.dispatchEvent(new KeyboardEvent('keydown', init));
      if (!isUntouched) return;
      // A key before this one may have led into a field. Deprecated, and the one way to write as a hand does.
      if (writes && focused.matches(fields)) document.execCommand('insertText', false, key);
      if (key === 'Enter' && focused instanceof HTMLElement && focused.matches('a,button')) focused.click();
      if (key === 'Tab') stepFocus(focused, shiftKey ? -1 : 1);
    });
  });
}

export const earlyScript = `(()=>{const kept=(${begin.toString()})();${[keepPresses, keepInput, keepKeys]
  .map((part) => `(${part.toString()})(kept)`)
  .join(';')}})()`;

const IDLE_MS = 200;
/** Not every browser says when it is idle. */
const whenIdle = (next: () => void): void =>
  void ('requestIdleCallback' in window ? window.requestIdleCallback(next, { timeout: IDLE_MS }) : setTimeout(next, 0));

/** After so long what was kept is done all the same. */
const PATIENCE_MS = 3_000;

/** Whether React has taken the element over from the first HTML. It marks what it holds, and tells of it in no other way. */
const isTaken = (element: Element): boolean => Object.keys(element).some((key) => key.startsWith('__reactFiber$'));

/**
 * Call when the page begins to answer. Its parts do so one after the other, as their code comes, and one that does not answer yet loses
 * what is pressed: so what was kept waits for all that can be pressed, and each is done after what the one before it changed was drawn.
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
  const until = performance.now() + PATIENCE_MS;
  const attempt = (): void => {
    const isReady = [...document.querySelectorAll(early.pressed)].every(isTaken);
    if (isReady || performance.now() > until) repeat();
    else start();
  };
  const start = (): void => whenIdle(() => whenIdle(attempt));
  if (document.readyState === 'complete') start();
  else window.addEventListener('load', start, { once: true });
}
