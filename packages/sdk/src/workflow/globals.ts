/** The sandbox's globals: deterministic where the language's own are not, absent with an explanation where they cannot be. */
import { SandboxViolationError } from '../common/errors.ts';
import { AbortControllerClass, AbortSignalClass } from './abort.ts';
import { uuid4From } from './random.ts';
import { activeRun, requireRun, writeLog } from './run.ts';
import type { Timer } from './timer.ts';
import { startTimer } from './timer.ts';

/** Names that exist in Node but not here, with what to do instead. */
const forbidden: Readonly<Record<string, string>> = {
  fetch: 'call it from an activity',
  WebSocket: 'use it from an activity',
  XMLHttpRequest: 'use it from an activity',
  setImmediate: 'use Promise.resolve().then or workflow.sleep',
  WeakRef: 'garbage collection is not the same on replay',
  FinalizationRegistry: 'garbage collection is not the same on replay',
  SharedArrayBuffer: 'threads are not deterministic',
  Atomics: 'threads are not deterministic',
};

/** Called once per realm, before any user code. */
export function installGlobals(target: object): void {
  const define = (name: string, value: unknown) =>
    Object.defineProperty(target, name, { value, writable: true, configurable: true, enumerable: false });
  define('Date', deterministicDate(Date));
  Math.random = () => requireRun().random('user').next();
  define('AbortController', AbortControllerClass);
  define('AbortSignal', AbortSignalClass);
  for (const [name, value] of Object.entries(timers())) define(name, value);
  define('queueMicrotask', (callback: () => void) => void Promise.resolve().then(callback));
  define('console', sandboxConsole());
  define('performance', { now: () => (activeRun() === undefined ? 0 : Date.now() - requireRun().facts.runStartTime) });
  define('crypto', {
    randomUUID: () => uuid4From(requireRun().random('user')),
    getRandomValues: <Bytes extends Uint8Array>(bytes: Bytes): Bytes => {
      bytes.set(requireRun().random('user').bytes(bytes.length));
      return bytes;
    },
  });
  for (const [name, instead] of Object.entries(forbidden)) {
    const refuse = () => {
      throw new SandboxViolationError(`${name} is not available in workflow code: ${instead}`);
    };
    define(name, new Proxy(function unavailable() {}, { apply: refuse, construct: refuse, get: refuse }));
  }
}

function deterministicDate(Native: DateConstructor): DateConstructor {
  const time = () => activeRun()?.activation.time ?? 0;
  return new Proxy(Native, {
    construct: (Target, args: [] | [number], newTarget) =>
      Reflect.construct(Target, args.length === 0 ? [time()] : args, newTarget) as Date,
    apply: () => new Native(time()).toString(),
    get: (Target, name) => (name === 'now' ? time : (Reflect.get(Target, name) as unknown)),
  });
}

type Callback = (...args: unknown[]) => void;

function timers(): Readonly<Record<string, unknown>> {
  const perRun = new WeakMap<object, Map<number, Timer>>();
  const live = () => {
    const run = requireRun();
    let map = perRun.get(run);
    if (map === undefined) perRun.set(run, (map = new Map()));
    return map;
  };
  const clear = (id: number) => {
    const map = live();
    map.get(id)?.cancel();
    map.delete(id);
  };
  const set = (callback: Callback, ms = 0, ...args: unknown[]): number => {
    const timer = startTimer(ms, { onFire: () => callback(...args) });
    live().set(timer.seq, timer);
    return timer.seq;
  };
  const repeat = (callback: Callback, ms = 0, ...args: unknown[]): number => {
    const map = live();
    const again = (): Timer =>
      startTimer(ms, {
        onFire: () => {
          map.set(id, again());
          callback(...args);
        },
      });
    const first = again();
    const id = first.seq;
    map.set(id, first);
    return id;
  };
  return { setTimeout: set, setInterval: repeat, clearTimeout: clear, clearInterval: clear };
}

function sandboxConsole(): Readonly<Record<string, unknown>> {
  const at =
    (level: string) =>
    (...parts: unknown[]) => {
      const run = activeRun();
      if (run === undefined || (run.activation.replaying && !run.host.isReporting)) return;
      const message = parts.map((part) => (typeof part === 'string' ? part : (JSON.stringify(part) ?? String(part)))).join(' ');
      writeLog(run, { level, message, attributes: {} });
    };
  return { log: at('info'), info: at('info'), debug: at('debug'), trace: at('trace'), warn: at('warn'), error: at('error') };
}
