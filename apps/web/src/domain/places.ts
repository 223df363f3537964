/**
 * Where the rows of a timeline stand: in the run itself, or in that of a child that is opened beneath it. A path names such a run by the
 * events that opened it: `12.40` is the child that event 40 started in the child that event 12 started; `12~2` is the second run of the
 * child of event 12, which continued as new. The run itself has the empty path.
 */

const PART = '[1-9][0-9]{0,8}(?:~[1-9][0-9]{0,4})?';
const PATH = new RegExp(`^${PART}(?:\\.${PART})*$`, 'u');
/** Each of them is read, and asked about while it is open: more would not fit an address either. */
const OPENED_MAX = 60;
/** Beyond the ids of all events of one run. */
const RUN = 2 ** 32;
/** A run that went on stands in the row of its first event. */
export const FIRST_EVENT = 1;
/** No event has such an id. */
const NOTE = 0.25;

export interface LastOfPath {
  /** The path of the run that holds the event. */
  readonly within: string;
  readonly event: number;
  /** From 1: which run of the child. */
  readonly turn: number;
}

export function lastOf(path: string): LastOfPath {
  const dot = path.lastIndexOf('.');
  const [event, turn = 1] = path
    .slice(dot + 1)
    .split('~', 2)
    .map(Number);
  return { within: dot === -1 ? '' : path.slice(0, dot), event: event ?? 0, turn };
}

/** The path of another run of the same child. */
export function turnOf(path: string, turn: number): string {
  const { within, event } = lastOf(path);
  return `${within === '' ? '' : `${within}.`}${event}${turn === 1 ? '' : `~${turn}`}`;
}

/** As an address has them; what is no path is left out. Parents come before what is in them. */
export const openedPaths = (text: string): readonly string[] =>
  [...new Set(text.split(',').filter((one) => PATH.test(one)))].slice(-OPENED_MAX).sort((one, other) => depthOf(one) - depthOf(other));

/** The later runs of a child come after its first one. */
const depthOf = (path: string): number => path.split('.').length * 2 + (lastOf(path).turn > 1 ? 1 : 0);

/** Whether one run stands beneath another, or is the same. The later runs of a child stand beneath its first one. */
export const isWithin = (path: string, above: string): boolean =>
  above === '' || path === above || path.startsWith(`${above}.`) || path.startsWith(`${above}~`);

export function withOpened(text: string, path: string): string {
  return [...openedPaths(text).filter((one) => one !== path), path].slice(-OPENED_MAX).join(',');
}

export function withClosed(text: string, path: string): string {
  return openedPaths(text)
    .filter((one) => !isWithin(one, path))
    .join(',');
}

/** Whether a row is one of the run itself. */
export const isOfRun = (id: number): boolean => id < RUN;

/** Numbers for rows, so that those of all opened runs are told apart by one: those of the run itself are the ids of its events. */
export class Places {
  readonly #numbers = new Map([['', 0]]);
  readonly #paths = [''];

  idOf(path: string, eventId: number): number {
    return this.#numberOf(path) * RUN + eventId;
  }

  pathOf(id: number): string {
    return this.#paths[Math.floor(id / RUN)] ?? '';
  }

  eventOf(id: number): number {
    return id % RUN;
  }

  noteOf(path: string): number {
    return this.idOf(path, NOTE);
  }

  /** The path of the run that the row opens. */
  opens(id: number): string {
    const path = this.pathOf(id);
    const event = this.eventOf(id);
    if (path === '') return String(event);
    return event === FIRST_EVENT ? path : `${path}.${event}`;
  }

  /** The row that opens the run of a path. */
  rowOf(path: string): number {
    const { within, event, turn } = lastOf(path);
    return turn === 1 ? this.idOf(within, event) : this.idOf(path, FIRST_EVENT);
  }

  #numberOf(path: string): number {
    const known = this.#numbers.get(path);
    if (known !== undefined) return known;
    this.#numbers.set(path, this.#paths.length);
    return this.#paths.push(path) - 1;
  }
}
