/**
 * Loaded before the product's own code (`node --import`): time stands still until the process that started this one says how late it is.
 * What waits for a moment is woken when that moment is reached, so days pass in the time that the calls take, and each run of the world
 * has the same times and the same ids to the millisecond. A process that nobody tells the time stays at TIDEMARK_VISUAL_NOW.
 */
import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';

const RealDate = Date;
const isTold = typeof process.send === 'function';
let now = RealDate.parse(process.env[isTold ? 'TIDEMARK_VISUAL_FROM' : 'TIDEMARK_VISUAL_NOW'] ?? '');

globalThis.Date = new Proxy(RealDate, {
  construct: (target, args, made) => Reflect.construct(target, args.length === 0 ? [now] : args, made),
  apply: () => new RealDate(now).toString(),
  get: (target, name) => (name === 'now' ? () => now : Reflect.get(target, name)),
});

if (isTold) {
  // An id is told by its moment, so that what happens in the background at other moments does not shift it.
  let drawn = { at: 0, count: 0 };
  const draw = () => {
    drawn = drawn.at === now ? { at: now, count: drawn.count + 1 } : { at: now, count: 0 };
    return crypto.createHash('sha256').update(`${drawn.at}/${drawn.count}`).digest('hex');
  };
  crypto.randomUUID = () => {
    const hex = draw();
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  };
  syncBuiltinESMExports();
  // Jitter of back-offs and the like.
  Math.random = () => 0.5;

  const waiting = new Map();
  const later = globalThis.setTimeout;
  const cancel = globalThis.clearTimeout;
  globalThis.setTimeout = (call, ms = 0, ...args) => {
    const timer = later(
      (...given) => {
        waiting.delete(timer);
        call(...given);
      },
      ms,
      ...args,
    );
    // Those of libraries keep real time: a connection is not dead because a day has passed.
    if (new Error().stack?.split('\n')[2]?.includes('tidemark.js')) waiting.set(timer, { due: now + ms, run: () => call(...args) });
    return timer;
  };
  globalThis.clearTimeout = (timer) => {
    waiting.delete(timer);
    cancel(timer);
  };
  process.on('message', ({ at }) => {
    now = at;
    const due = [...waiting].filter(([, one]) => one.due <= now).sort(([, a], [, b]) => a.due - b.due);
    for (const [timer, { run }] of due) {
      // One that was woken may have put off another.
      if (!waiting.delete(timer)) continue;
      cancel(timer);
      run();
    }
    process.send({ at });
  });
  // The channel alone keeps nothing alive.
  process.channel?.unref();
}
